// Short visits of the real sites of tests/corpus: every image as the site expects, and nothing worse than without Upres.
import { compare, faultsOf } from '../corpus/compare';
import { sites } from '../corpus/sites';
import { expectedOf, visit } from '../corpus/visit';
import { expect, test } from './test';

const quick = true;

for (const site of sites) {
  test(`${site.name}: ${site.about}`, async ({ upres, server }) => {
    const off = await visit(upres, server, site, { baseline: null, quick });
    const on = await visit(upres, server, site, { baseline: off, quick });
    const comparison = compare(site, upres.name, expectedOf(site, quick), { off, on });
    expect(faultsOf(comparison)).toEqual([]);
  });
}
