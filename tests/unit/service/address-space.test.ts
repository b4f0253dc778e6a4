import { describe, expect, it } from 'vitest';
import { addressSpaceOf, isWithinReach } from '../../../src/service/address-space';

const hostOf = (authority: string) => new URL(`http://${authority}/`).hostname;

const loopback = [
  'localhost',
  'localhost.',
  'LOCALHOST',
  'app.localhost',
  '127.0.0.1',
  '127.255.255.254',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '0.0.0.0',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[2002:7f00:1::]',
];
const local = [
  'printer.local',
  'nas',
  'nas.',
  'router.lan',
  'wiki.internal',
  'hub.home.arpa',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.251',
  '255.255.255.255',
  '[::ffff:c0a8:1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b:1::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::fb]',
];
const open = [
  'example.com',
  'example.com.',
  'localhost.example.com',
  'local.example',
  'notlocal.dev',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.255.255',
  '172.32.0.0',
  '192.169.0.1',
  '223.255.255.255',
  '[2606:4700:4700::1111]',
  '[2001:db8::1]',
  '[::ffff:8.8.8.8]',
  '[64:ff9b::808:808]',
  '[2002:808:808::1]',
  '10.0.0.1.nip.example',
];

describe('addressSpaceOf', () => {
  it.each(loopback)('%s is this machine', (authority) => {
    expect(addressSpaceOf(hostOf(authority))).toBe('loopback');
  });
  it.each(local)('%s is in the own network', (authority) => {
    expect(addressSpaceOf(hostOf(authority))).toBe('local');
  });
  it.each(open)('%s is public', (authority) => {
    expect(addressSpaceOf(hostOf(authority))).toBe('public');
  });
});

it.each([
  ['cdn.example', 'shop.example', true],
  ['cdn.example', '', true],
  ['cdn.example', '127.0.0.1', true],
  ['192.168.0.9', 'shop.example', false],
  ['192.168.0.9', '', false],
  ['192.168.0.9', 'router.lan', true],
  ['192.168.0.9', 'localhost', true],
  ['127.0.0.1', 'router.lan', false],
  ['127.0.0.1', '[::1]', true],
])('%s may be read for a page at %j: %s', (host, pageHost, isAllowed) => {
  expect(isWithinReach(host, pageHost)).toBe(isAllowed);
});
