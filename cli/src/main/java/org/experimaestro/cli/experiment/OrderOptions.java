package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.engine.FailureLimit;
import org.experimaestro.engine.JobPriorities;
import org.experimaestro.engine.JobSelector;
import org.experimaestro.engine.RunOrder;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.SubmissionFilter;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.PriorityRule;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose the jobs of a run, and end it after failures. */
final class OrderOptions {
    private static final String FAIL_FAST = "--fail-fast";
    private static final String MAX_FAILURES = "--max-failures";
    private static final String ONLY = "--only";
    private static final String UNTIL = "--until";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = FAIL_FAST,
            description = "Start no more jobs after the first failure. Jobs that run go on to their ends.")
    private boolean failFast;

    @Option(
            names = MAX_FAILURES,
            paramLabel = "N",
            description = "Start no more jobs after N failures. A job that is tried again has not failed.")
    private @Nullable Integer maxFailures;

    @Option(
            names = ONLY,
            paramLabel = "FILTER",
            description =
                    "Run only the jobs that this filter selects, and those that they need: 'type=manual.search and k1=0.9'.")
    private @Nullable String only;

    @Option(
            names = UNTIL,
            paramLabel = "FILTER",
            description = "Run no job that depends on a job which this filter selects.")
    private @Nullable String until;

    private @Nullable NamedFilters named;

    /**
     * Returns the choice and the order of the jobs of a run.
     *
     * @param file the experiment's file, which may have priorities
     * @param workspace the workspace, whose settings may have named filters
     * @param isDetached whether the run does not see its jobs end
     * @throws ParameterException if an option has another form, or does not fit the others
     * @throws PlanException if a filter of the file is wrong
     */
    RunOrder order(ExperimentFile file, Path workspace, boolean isDetached) {
        FailureLimit failures = failures();
        if (isDetached && !failures.equals(FailureLimit.NONE)) {
            throw wrong(failures.option() + " counts jobs that end, which --detach does not wait for");
        }
        SubmittedParameters parameters = new SubmittedParameters(workspace);
        return new RunOrder(
                priorities(file, workspace, parameters),
                failures,
                selector(ONLY, only, workspace, parameters),
                selector(UNTIL, until, workspace, parameters));
    }

    private FailureLimit failures() {
        if (failFast && maxFailures != null) {
            throw wrong(FAIL_FAST + " is " + MAX_FAILURES + " 1: give one of them");
        }
        if (maxFailures != null && maxFailures < 1) {
            throw wrong("Invalid value for option '" + MAX_FAILURES + "': at least 1 job may fail, not " + maxFailures);
        }
        return failFast
                ? new FailureLimit(1, FAIL_FAST)
                : maxFailures == null
                        ? FailureLimit.NONE
                        : new FailureLimit(maxFailures, MAX_FAILURES + " " + maxFailures);
    }

    private Optional<JobSelector> selector(
            String option, @Nullable String text, Path workspace, SubmittedParameters parameters) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FilterSelector(option + " " + text, parse(text, workspace), parameters));
        } catch (WorkspaceException wrong) {
            throw new ParameterException(line(), option + ": " + wrong.getMessage(), wrong);
        }
    }

    private SubmissionFilter parse(String text, Path workspace) {
        Filter filter = Filter.parse(text, text.contains("@") ? presets(workspace) : Map.of());
        return new SubmissionFilter(filter);
    }

    /** Returns the named filters of the settings, which are read only if one may be named. */
    private Map<String, String> presets(Path workspace) {
        NamedFilters known = named;
        if (known == null) {
            UserSettings user = UserSettings.current();
            known = WorkspaceSettings.read(workspace, user).filters(user);
            known.problems().forEach(Printer.err(line())::warning);
            named = known;
        }
        return known.texts();
    }

    private JobPriorities priorities(ExperimentFile file, Path workspace, SubmittedParameters parameters) {
        PriorityRules rules = new PriorityRules();
        for (PriorityRule written : file.priorities()) {
            try {
                rules.add(written, new FilterSelector(written.where(), parse(written.where(), workspace), parameters));
            } catch (WorkspaceException wrong) {
                throw PlanException.of(String.valueOf(wrong.getMessage()))
                        .at(written.place())
                        .cause(wrong)
                        .build();
            }
        }
        return rules;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(line(), message);
    }

    private CommandLine line() {
        if (command == null) {
            throw new IllegalStateException("picocli sets the specification before it calls a command");
        }
        return command.commandLine();
    }
}
