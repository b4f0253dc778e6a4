// Counts of a runner's JSON report.

export function countVitest(report) {
  // A file that does not even load has no failed test in it, but it did fail.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

const isFailed = (test) => test.status === 'failed';

export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    // A flaky test passed at a second try; there are no second tries here.
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
