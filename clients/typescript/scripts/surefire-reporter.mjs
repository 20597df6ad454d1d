// A node:test reporter: one <testsuite> with counts, the form in which Maven's test runners write theirs.
export default async function* report(events) {
  const cases = [];
  const counts = { failures: 0, skipped: 0 };
  for await (const { type, data } of events) {
    const isTest = (type === 'test:pass' || type === 'test:fail') && data.details?.type !== 'suite';
    if (!isTest) continue;
    const skipped = data.skip !== undefined || data.todo !== undefined;
    if (type === 'test:fail') counts.failures++;
    else if (skipped) counts.skipped++;
    const verdict =
      type === 'test:fail'
        ? `<failure message="${escape(String(data.details.error?.cause ?? ''))}"/>`
        : skipped
          ? '<skipped/>'
          : '';
    cases.push(
      `  <testcase name="${escape(data.name)}" time="${data.details.duration_ms / 1000}">${verdict}</testcase>\n`,
    );
  }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuite name="@parley/client" tests="${cases.length}" failures="${counts.failures}" errors="0" skipped="${counts.skipped}">\n`;
  yield* cases;
  yield '</testsuite>\n';
}

function escape(text) {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?')
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
