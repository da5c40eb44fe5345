package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;

/**
 * A job as a run of an experiment submitted it. Tags belong to it, and not to the job: another run may submit the same job
 * with others.
 *
 * @param experiment the name of the experiment
 * @param run the name of the run
 * @param job the job's name, type id and identifier joined by a slash
 * @param tags sorted by name
 * @param dependencies the names of the jobs that it waits for
 */
public record RunSubmission(
        String experiment, String run, String job, Map<String, Object> tags, List<String> dependencies) {}
