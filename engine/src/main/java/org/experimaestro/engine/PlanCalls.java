package org.experimaestro.engine;

import org.experimaestro.ExperimaestroException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/** The calls of a plan's methods. Errors that they throw name the line of the plan. */
final class PlanCalls {
    private PlanCalls() {}

    /**
     * Runs the method of a plan that submits its tasks. Afterwards the experiment refuses submissions, but those of
     * callbacks, and waits for these.
     */
    static <S> void run(ExperimentPlan<S> plan, ExperimentRun experiment, S settings) throws InterruptedException {
        try {
            plan.run(experiment, settings);
        } catch (ExperimaestroException ours) {
            throw ours;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw PlanException.of("The plan was interrupted").cause(stopped).build();
        } catch (Exception thrown) {
            throw PlanException.of("The plan " + plan.getClass().getName() + " failed: " + thrown)
                    .at(place(plan, thrown))
                    .advice(RootedPath.advice(thrown))
                    .cause(thrown)
                    .build();
        } finally {
            experiment.closeToPlan("the plan's method run has returned");
        }
        experiment.awaitSubmissions();
        experiment.awaitCallbacks();
    }

    /** Returns the error of a callback for a job. */
    static PlanException callbackFailed(String job, Throwable thrown) {
        if (thrown instanceof PlanException ours) {
            return ours;
        }
        if (thrown instanceof ExperimaestroException ours) {
            return PlanException.of("Cannot go on with the callbacks for " + job + ": " + ours.getMessage())
                    .cause(ours)
                    .build();
        }
        StackTraceElement outermost = null;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(JobWatch.class.getName())
                    || frame.getClassName().startsWith(PlanCallbacks.class.getName())) {
                break;
            }
            outermost = frame;
        }
        return PlanException.of("A callback of the plan for " + job + " failed: " + thrown)
                .at(outermost == null ? null : place(outermost))
                .advice(thrown instanceof Exception exception ? RootedPath.advice(exception) : null)
                .cause(thrown)
                .build();
    }

    static <S> void report(ExperimentPlan<S> plan, Report report) {
        try {
            plan.report(report);
        } catch (ExperimaestroException ours) {
            throw ours;
        } catch (Exception thrown) {
            throw PlanException.of((report.isComplete() ? "The jobs are done, but" : "Some jobs are not done, and")
                            + " the report of " + plan.getClass().getName() + " failed: " + thrown)
                    .at(place(plan, thrown))
                    .advice(
                            report.isComplete()
                                    ? null
                                    : "a report is also made when jobs failed: ask its isComplete() first")
                    .cause(thrown)
                    .build();
        }
    }

    /**
     * Returns the line of the plan through which an exception passed; for a plan that is a lambda, the line of the
     * lambda's code. {@code null} if it is unknown.
     */
    private static @Nullable String place(ExperimentPlan<?> plan, Exception thrown) {
        StackTraceElement outermost = null;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().equals(plan.getClass().getName())) {
                return place(frame);
            }
            if (frame.getClassName().equals(PlanCalls.class.getName())) {
                break;
            }
            outermost = frame;
        }
        return outermost == null ? null : place(outermost);
    }

    private static String place(StackTraceElement frame) {
        return frame.getFileName() + ":" + frame.getLineNumber();
    }
}
