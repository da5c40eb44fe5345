package org.experimaestro.tui;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.client.WorkspaceClient;
import org.experimaestro.tui.model.Message;
import org.experimaestro.tui.wire.WireProblem;
import org.jspecify.annotations.Nullable;

/** The questions of the screen that is shown, as one stream. Confined to the view's thread, but for the stream. */
final class LiveQuestions implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final WorkspaceClient client;
    private final InstantSource clock;
    private final Consumer<Message> post;
    private List<ViewQuestion<?>> asked = List.of();
    private WorkspaceClient.@Nullable Stream stream;
    private @Nullable Instant retryAt;

    LiveQuestions(WorkspaceClient client, InstantSource clock, Consumer<Message> post) {
        this.client = client;
        this.clock = clock;
        this.post = post;
    }

    /** Asks other questions. The next stream begins before the last one ends, so the files stay watched. */
    void ask(List<ViewQuestion<?>> questions) {
        Instant again = retryAt;
        boolean isDue = again != null && !clock.instant().isBefore(again);
        if (questions.equals(asked) && !isDue) {
            return;
        }
        WorkspaceClient.Stream before = stream;
        asked = List.copyOf(questions);
        retryAt = null;
        stream = questions.isEmpty() ? null : client.live(asked, new Posting());
        if (before != null) {
            before.close();
        }
    }

    /** Notes that the stream has ended, so that it is asked again soon. */
    void lost() {
        retryAt = clock.instant().plus(RETRY);
    }

    /** Returns whether the questions are asked again after some time. */
    boolean isLost() {
        return retryAt != null;
    }

    @Override
    public void close() {
        ask(List.of());
    }

    private final class Posting implements WorkspaceClient.Listener {
        @Override
        public void answered(ViewQuestion<?> question, Record answer) {
            post.accept(new Message.Answered(question, answer));
        }

        @Override
        public void refused(ViewQuestion<?> question, WireProblem problem) {
            post.accept(new Message.Refused(question, problem));
        }

        @Override
        public void beat(Instant at) {
            post.accept(new Message.Beat(at, clock.instant()));
        }

        @Override
        public void lost(WireProblem problem) {
            post.accept(new Message.Lost(problem));
        }
    }
}
