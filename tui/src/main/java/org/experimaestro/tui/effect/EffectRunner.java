package org.experimaestro.tui.effect;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.experimaestro.tui.client.RefusedQuestion;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.client.WorkspaceClient;
import org.experimaestro.tui.model.Effect;
import org.experimaestro.tui.model.Message;
import org.experimaestro.tui.model.Questions;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.tui.wire.WireRows;
import org.jspecify.annotations.Nullable;

/** A runner of questions and actions, each in a thread of its own, whose results are posted as messages. */
public final class EffectRunner {
    private final WorkspaceClient client;
    private final Consumer<Message> post;
    private @Nullable Thread search;

    /**
     * Creates a runner.
     *
     * @param client the workspace
     * @param post takes the results, in any thread
     */
    public EffectRunner(WorkspaceClient client, Consumer<Message> post) {
        this.client = client;
        this.post = post;
    }

    /** A question or an action, which may be refused. */
    private interface Work {
        Message result() throws RefusedQuestion;
    }

    /**
     * Begins an effect. Those that need the terminal are the loop's, and nothing here.
     *
     * @param effect the effect
     */
    public void begin(Effect effect) {
        switch (effect) {
            case Effect.ReadLog read ->
                start(
                        () -> new Message.LogRead(read, client.ask(read.question())),
                        problem -> new Message.LogRefused(read, problem));
            case Effect.ReadTail read ->
                start(
                        () -> new Message.TailRead(read, client.ask(read.question())),
                        problem -> new Message.TailRefused(read, problem));
            case Effect.FindAddress find ->
                start(() -> new Message.AddressFound(find, client.ask(find.question())), Message.Failed::new);
            case Effect.SearchLog wanted -> search(wanted);
            case Effect.PlanAction plan ->
                start(() -> new Message.Planned(plan, client.act(plan.action(), plan.question())), Message.Failed::new);
            case Effect.PerformAction action ->
                start(
                        () -> new Message.Performed(action, client.act(action.action(), action.question())),
                        Message.Failed::new);
            case Effect.FindJob find ->
                start(() -> new Message.JobsFound(find.word(), client.ask(question(find))), Message.Failed::new);
            case Effect.CopyText _,
                    Effect.PrintPlain _,
                    Effect.RedrawAll _,
                    Effect.SuspendView _,
                    Effect.UseMouse _ -> {}
        }
    }

    private static ViewQuestion<WireRows> question(Effect.FindJob find) {
        return Questions.find(find.word());
    }

    private interface Refusal {
        Message of(WireProblem problem);
    }

    private void start(Work work, Refusal refusal) {
        Thread.ofVirtual().name("terminal-effect").start(() -> {
            Message message;
            try {
                message = work.result();
            } catch (RefusedQuestion refused) {
                message = refusal.of(refused.problem());
            } catch (RuntimeException failed) {
                message = refusal.of(fault(failed));
            }
            post.accept(message);
        });
    }

    private static WireProblem fault(RuntimeException failed) {
        return WireProblem.of("This is a fault of Experimaestro: " + failed);
    }

    /** Begins a search, and ends the one before. */
    private void search(Effect.SearchLog wanted) {
        Thread before = search;
        if (before != null) {
            before.interrupt();
        }
        search = Thread.ofVirtual().name("terminal-search").start(() -> {
            BooleanSupplier isWanted = () -> !Thread.currentThread().isInterrupted();
            try {
                client.search(wanted.path(), found -> {
                    post.accept(new Message.LogFound(wanted, found));
                    return isWanted.getAsBoolean();
                });
            } catch (RefusedQuestion refused) {
                if (isWanted.getAsBoolean()) {
                    post.accept(new Message.Failed(refused.problem()));
                }
            } catch (RuntimeException failed) {
                post.accept(new Message.Failed(fault(failed)));
            }
        });
    }
}
