// The feed's own code: React, more posts when the end comes near, likes that render a post anew.
/** @jsxImportSource react */
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

interface Post {
  id: number;
  author: number;
  photo: string;
}

function Feed() {
  const [posts, setPosts] = useState<Post[]>([]);
  const [next, setNext] = useState<number | null>(0);
  const [filter, setFilter] = useState<'all' | 'even'>('all');
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = end.current;
    if (!target || next === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        void loadPosts(next).then((page) => {
          setPosts((known) => [...known, ...page.posts]);
          setNext(page.next);
        });
      },
      { rootMargin: '400px' },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [next]);
  const shown = filter === 'all' ? posts : posts.filter(({ id }) => id % 2 === 0);
  return (
    <main>
      <h1>Today</h1>
      <button id="filter" onClick={() => setFilter(filter === 'all' ? 'even' : 'all')}>
        {filter}
      </button>
      {shown.map((post) => (
        <Card key={post.id} post={post} />
      ))}
      <div ref={end} aria-busy={next !== null} />
    </main>
  );
}

function Card({ post: { id, author, photo } }: { post: Post }) {
  const [liked, setLiked] = useState(false);
  return (
    <article>
      <header>
        <img
          className="face"
          src={`http://cdn.feed.example/faces/bust-${author}-48x48.jpg`}
          alt=""
        />
        Author {author}
      </header>
      <img className={liked ? 'photo liked' : 'photo'} src={photo} alt={liked ? 'liked' : ''} />
      <button className="like" onClick={() => setLiked(!liked)}>
        {liked ? '♥' : '♡'} {id}
      </button>
    </article>
  );
}

async function loadPosts(page: number): Promise<{ posts: Post[]; next: number | null }> {
  const response = await fetch(`/api/posts?page=${page}`);
  return response.json();
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Feed />);
