// Hosts that only this machine's own network can reach: a public page must not make us read from them.
// Takes host names as URL normalises them: lower case, IPv4 in four decimal parts, IPv6 in brackets.

/** Names that never leave the local network (RFC 6761, 6762, 8375, 9476 and the custom of routers). */
const privateSuffixes = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'home', 'intranet'];

/** IPv4 networks that are not the public internet: first address and prefix length. */
const privateIpv4: [string, number][] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, cloud metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];

export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[')) return isPrivateIpv6(parseIpv6(host.slice(1, -1)));
  const ipv4 = parseIpv4(host);
  if (ipv4 !== null) return isPrivateIpv4(ipv4);
  // A name without a dot is found by the local resolver's search list.
  if (!host.includes('.')) return true;
  return privateSuffixes.some((suffix) => host.endsWith(`.${suffix}`));
}

function parseIpv4(host: string): number | null {
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.reduce((address, part) => address * 256 + Number(part), 0);
}

function isPrivateIpv4(address: number): boolean {
  return privateIpv4.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    return Math.floor(address / size) === Math.floor((parseIpv4(first) ?? 0) / size);
  });
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

function isPrivateIpv6(groups: number[]): boolean {
  if (groups.length !== 8 || groups.some(Number.isNaN)) return true;
  const [a = 0, b = 0, c = 0] = groups;
  const ipv4At = (index: number) =>
    isPrivateIpv4((groups[index] ?? 0) * 0x10000 + (groups[index + 1] ?? 0));
  // ::/96 holds :: and ::1 and the old IPv4-compatible addresses; ::ffff:0:0/96 the mapped ones.
  if (groups.slice(0, 5).every((group) => group === 0)) {
    return groups[5] === 0xffff ? ipv4At(6) : true;
  }
  if (a === 0x64 && b === 0xff9b) return c === 0 ? ipv4At(6) : true; // NAT64, and its local prefix
  if (a === 0x2002) return ipv4At(1); // 6to4
  if ((a & 0xfe00) === 0xfc00) return true; // unique local
  if ((a & 0xff80) === 0xfe80) return true; // link-local and the old site-local
  return (a & 0xff00) === 0xff00; // multicast
}
