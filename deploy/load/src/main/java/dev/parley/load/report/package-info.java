/// What is printed at the end. Start reading at [dev.parley.load.report.Report].
@NullMarked
package dev.parley.load.report;

import org.jspecify.annotations.NullMarked;
