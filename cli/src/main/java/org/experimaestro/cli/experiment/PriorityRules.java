package org.experimaestro.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.experimaestro.engine.JobPriorities;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.settings.PriorityRule;

/** The rules of the key {@code priorities}: the first one that selects a job counts. Confined to one thread at a time. */
final class PriorityRules implements JobPriorities {
    private final List<Rule> rules = new ArrayList<>();

    /** A rule, the jobs that it selects, and whether it has selected any. */
    private static final class Rule {
        private final PriorityRule written;
        private final FilterSelector jobs;
        private boolean isUsed;

        private Rule(PriorityRule written, FilterSelector jobs) {
            this.written = written;
            this.jobs = jobs;
        }
    }

    void add(PriorityRule written, FilterSelector jobs) {
        rules.add(new Rule(written, jobs));
    }

    /** Asks all rules, because one that is never asked does not know which names jobs have. */
    @Override
    public OptionalInt find(SubmittedTask task) {
        OptionalInt first = OptionalInt.empty();
        for (Rule rule : rules) {
            if (rule.jobs.selects(task)) {
                rule.isUsed = true;
                first = first.isPresent() ? first : OptionalInt.of(rule.written.priority());
            }
        }
        return first;
    }

    /** Returns a warning for each rule that selects no job because of a name that no job has. */
    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Rule rule : rules) {
            if (!rule.isUsed) {
                rule.jobs
                        .advice()
                        .ifPresent(advice -> warnings.add(rule.written.place() + ": The priority "
                                + rule.written.priority() + " counts for no job, because none is selected by \""
                                + rule.written.where() + "\"; " + advice));
            }
        }
        return warnings;
    }
}
