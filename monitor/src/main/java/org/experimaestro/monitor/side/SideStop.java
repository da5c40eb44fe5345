package org.experimaestro.monitor.side;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.LaunchException;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.monitor.action.JobProcess;
import org.experimaestro.monitor.action.JobStop.Signal;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;

/**
 * A way to end the process of an action or a service, under the conditions of {@code jobs kill}: the file that names the
 * process is this user's or root's, and the system shows that the process is this user's and the one of the file.
 * Thread-safe.
 */
public final class SideStop {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SideProcess side;

    /**
     * Creates a stop.
     *
     * @param side the process
     */
    public SideStop(SideProcess side) {
        this.side = side;
    }

    /**
     * Asks the process to end, and ends it by force if it takes longer.
     *
     * @param limit the time that it has
     * @return its last state; that before if it had ended
     * @throws LaunchException if it runs on another host or for another user, its files name another process, or the
     *     signal cannot be sent
     * @throws InterruptedException if this thread is interrupted
     */
    public SideStatus stop(Duration limit) throws InterruptedException {
        SideStatus status = awaitBegin();
        if (!status.isActive()) {
            return status;
        }
        send(status, Signal.TERM);
        SideStatus end = await(limit);
        if (end.isActive()) {
            send(end, Signal.KILL);
            end = await(limit);
        }
        return end;
    }

    /** Waits some moments for the process to begin: it cannot be found before. */
    private SideStatus awaitBegin() throws InterruptedException {
        long start = System.nanoTime();
        SideStatus status = side.status();
        while (status.isActive()
                && status.process().isEmpty()
                && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
            Thread.sleep(PAUSE);
            status = side.status();
        }
        return status;
    }

    private SideStatus await(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        SideStatus status = side.status();
        while (status.isActive() && System.nanoTime() - start < limit.toNanos()) {
            Thread.sleep(PAUSE);
            status = side.status();
        }
        return status;
    }

    private void send(SideStatus status, Signal signal) throws InterruptedException {
        ProcessIdentity process = status.process()
                .orElseThrow(() -> refuse("it has not begun")
                        .advice("try again in a moment")
                        .build());
        if (status.state() == State.ELSEWHERE) {
            throw refuse("it is " + process)
                    .advice("run this command on " + process.host())
                    .build();
        }
        try {
            FileOwner owner = side.owner();
            if (!owner.isTrusted()) {
                throw refuse("it belongs to " + owner.name() + ", so nothing was sent")
                        .build();
            }
            JobProcess found = JobProcess.of(process.pid());
            Optional<String> objection = found.objection(side);
            if (objection.isPresent()) {
                throw refuse("its files say that it is " + process + ", but " + objection.get()
                                + "; nothing was sent to it")
                        .build();
            }
            boolean isFirst = side.stopping(); // before the signal, because the process reads it at its end
            // The start of the process is compared last of all, because its number may be that of another one now.
            if (process.isAlive() && !found.send(signal) && process.isAlive()) {
                if (isFirst) {
                    side.notStopping(); // else an end of its own would be called a stop
                }
                throw refuse("SIG" + signal + " cannot be sent to " + process).build();
            }
        } catch (IOException unseen) {
            if (process.isAlive()) {
                throw refuse("the system does not show whether " + process + " is the one: " + Failures.reason(unseen)
                                + "; nothing was sent to it")
                        .cause(unseen)
                        .build();
            }
        }
    }

    private ExperimaestroException.Builder<LaunchException> refuse(String reason) {
        return LaunchException.of("Cannot stop the " + side + ": " + reason);
    }
}
