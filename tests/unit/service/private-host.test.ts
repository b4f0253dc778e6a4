import { describe, expect, it } from 'vitest';
import { isPrivateHost } from '../../../src/service/private-host';

const hostOf = (authority: string) => new URL(`http://${authority}/`).hostname;

describe('isPrivateHost', () => {
  it.each([
    'localhost',
    'localhost.',
    'LOCALHOST',
    'app.localhost',
    'printer.local',
    'nas',
    'nas.',
    'router.lan',
    'wiki.internal',
    'hub.home.arpa',
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
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.251',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:c0a8:1]',
    '[::127.0.0.1]',
    '[64:ff9b::10.0.0.1]',
    '[64:ff9b:1::1]',
    '[2002:7f00:1::]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[ff02::fb]',
  ])('%s is private', (authority) => {
    expect(isPrivateHost(hostOf(authority))).toBe(true);
  });

  it.each([
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
  ])('%s is public', (authority) => {
    expect(isPrivateHost(hostOf(authority))).toBe(false);
  });
});
