// The gallery's own code: Vue, square thumbnails, a lightbox that fades and follows the arrow keys.
import { createApp, defineComponent, h, onMounted, onUnmounted, ref, Transition } from 'vue';

const count = 18;
const thumb = (index: number) => `/thumbs/valley-${index}-240x160.jpg`;
const full = (index: number) => `/full/city-${index}-480x320.webp`;

const Lightbox = defineComponent({
  props: { index: { type: Number, required: true } },
  emits: ['step', 'close'],
  setup(props, { emit }) {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowRight') emit('step', 1);
      else if (key === 'ArrowLeft') emit('step', -1);
      else if (key === 'Escape') emit('close');
    };
    onMounted(() => addEventListener('keydown', onKey));
    onUnmounted(() => removeEventListener('keydown', onKey));
    return () =>
      h('div', { class: 'lightbox', onClick: () => emit('close') }, [
        h('img', { src: full(props.index), alt: '' }),
        h('p', `${props.index + 1} of ${count}`),
      ]);
  },
});

const Gallery = defineComponent({
  setup() {
    const open = ref<number | null>(null);
    const order = ref(Array.from({ length: count }, (_, index) => index));
    return () => [
      h(
        'button',
        { id: 'reverse', onClick: () => (order.value = order.value.toReversed()) },
        'Reverse',
      ),
      h(
        'main',
        order.value.map((index) =>
          h('button', { key: index, class: 'thumb', onClick: () => (open.value = index) }, [
            h('img', { src: thumb(index), alt: '' }),
          ]),
        ),
      ),
      h(Transition, { name: 'fade' }, () =>
        open.value === null
          ? null
          : h(Lightbox, {
              index: open.value,
              onStep: (step: number) => (open.value = ((open.value ?? 0) + step + count) % count),
              onClose: () => (open.value = null),
            }),
      ),
    ];
  },
});

createApp(Gallery).mount('#app');
