package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;

/**
 * A job with one set of tags, which is a row of a list. A job that was submitted with several sets of tags has several
 * rows. Immutable.
 *
 * @param job the job
 * @param tags the tags of submissions, sorted by name; without a submission, those that are stored with the parameters
 * @param experiments the names of the experiments that submitted the job with these tags, sorted
 */
public record JobRow(JobView job, Map<String, Object> tags, List<String> experiments) {}
