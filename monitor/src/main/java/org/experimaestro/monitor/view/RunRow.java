package org.experimaestro.monitor.view;

import java.util.List;

/**
 * A run with those of its submissions that were selected, which is a row of a list. Immutable.
 *
 * @param run the run
 * @param submissions the selected submissions, in the order of submission
 * @param jobs the jobs of these submissions, each once; without those that have no folder, for example because they wait
 */
public record RunRow(RunView run, List<RunSubmission> submissions, List<JobView> jobs) {}
