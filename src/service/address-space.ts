// How public the place of a host is: the internet, this machine's own network, or this machine. A page must
// not make us read from a more private place than its own.
// Takes host names as URL normalises them: lower case, IPv4 in four decimal parts, IPv6 in brackets.

export type AddressSpace = 'public' | 'local' | 'loopback';

/** From the most public to the most private. */
const order: readonly AddressSpace[] = ['public', 'local', 'loopback'];

/** May a page at `pageHost` see what is at `host`? A document without a host is in no network of its own. */
export function isWithinReach(host: string, pageHost: string): boolean {
  const from = pageHost === '' ? 'public' : addressSpaceOf(pageHost);
  return order.indexOf(addressSpaceOf(host)) <= order.indexOf(from);
}

/** Names that never leave the local network (RFC 6762, 8375, 9476 and the custom of routers). */
const localSuffixes = ['local', 'internal', 'home.arpa', 'lan', 'home', 'intranet'];

/** IPv4 networks that are not the public internet: first address and prefix length. */
const ipv4Networks: [string, number, AddressSpace][] = [
  ['0.0.0.0', 8, 'loopback'], // "this network": some systems take it for themselves
  ['127.0.0.0', 8, 'loopback'],
  ['10.0.0.0', 8, 'local'], // private
  ['100.64.0.0', 10, 'local'], // carrier-grade NAT
  ['169.254.0.0', 16, 'local'], // link-local, cloud metadata
  ['172.16.0.0', 12, 'local'], // private
  ['192.0.0.0', 24, 'local'], // protocol assignments
  ['192.168.0.0', 16, 'local'], // private
  ['198.18.0.0', 15, 'local'], // benchmarks
  ['224.0.0.0', 4, 'local'], // multicast
  ['240.0.0.0', 4, 'local'], // reserved, broadcast
];

export function addressSpaceOf(hostname: string): AddressSpace {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[')) return ipv6Space(parseIpv6(host.slice(1, -1)));
  const ipv4 = parseIpv4(host);
  if (ipv4 !== null) return ipv4Space(ipv4);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  // A name without a dot is found by the local resolver's search list.
  if (!host.includes('.')) return 'local';
  return localSuffixes.some((suffix) => host.endsWith(`.${suffix}`)) ? 'local' : 'public';
}

function parseIpv4(host: string): number | null {
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.reduce((address, part) => address * 256 + Number(part), 0);
}

function ipv4Space(address: number): AddressSpace {
  for (const [first, prefix, space] of ipv4Networks) {
    const size = 2 ** (32 - prefix);
    if (Math.floor(address / size) === Math.floor((parseIpv4(first) ?? 0) / size)) return space;
  }
  return 'public';
}

/** The eight groups of an address in the form that URL writes (hexadecimal, at most one `::`). */
function parseIpv6(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => parseInt(group, 16));
  const first = groups(head);
  if (tail === undefined) return first;
  const last = groups(tail);
  return [...first, ...Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last];
}

function ipv6Space(groups: number[]): AddressSpace {
  // What we cannot read is taken for the most private.
  if (groups.length !== 8 || groups.some(Number.isNaN)) return 'loopback';
  const [a = 0, b = 0, c = 0] = groups;
  const ipv4At = (index: number) =>
    ipv4Space((groups[index] ?? 0) * 0x10000 + (groups[index + 1] ?? 0));
  // ::/96 holds :: and ::1 and the old IPv4-compatible addresses; ::ffff:0:0/96 the mapped ones.
  if (groups.slice(0, 5).every((group) => group === 0)) {
    return groups[5] === 0xffff ? ipv4At(6) : 'loopback';
  }
  if (a === 0x64 && b === 0xff9b) return c === 0 ? ipv4At(6) : 'local'; // NAT64, and its local prefix
  if (a === 0x2002) return ipv4At(1); // 6to4
  if ((a & 0xfe00) === 0xfc00) return 'local'; // unique local
  if ((a & 0xff80) === 0xfe80) return 'local'; // link-local and the old site-local
  return (a & 0xff00) === 0xff00 ? 'local' : 'public'; // multicast
}
