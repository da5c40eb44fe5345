package org.experimaestro.tui.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.web.api.WireReader;

/** A reader of the events of a stream. Confined to one thread. */
final class LiveEvents {
    private static final String DATA = "data: ";

    private final List<ViewQuestion<?>> questions;
    private final WorkspaceClient.Listener listener;

    LiveEvents(List<ViewQuestion<?>> questions, WorkspaceClient.Listener listener) {
        this.questions = List.copyOf(questions);
        this.listener = listener;
    }

    /** A beat of a stream. */
    record Beat(Instant at) {}

    /** An answer of a stream, or a problem. */
    record Answer(int of, Optional<Object> answer, Optional<WireProblem> problem) {}

    /** Reads a line of a stream; only lines of data say anything. */
    void take(String line) {
        if (!line.startsWith(DATA)) {
            return;
        }
        Object data = Json.parse(line.substring(DATA.length()));
        if (data instanceof Map<?, ?> members && members.containsKey("of")) {
            answer(WireReader.read(Answer.class, data));
        } else {
            listener.beat(WireReader.read(Beat.class, data).at());
        }
    }

    private void answer(Answer event) {
        ViewQuestion<?> question = questions.get(event.of());
        event.problem().ifPresent(problem -> listener.refused(question, problem));
        event.answer().ifPresent(answer -> {
            try {
                listener.answered(question, WireReader.read(question.type(), answer));
            } catch (JsonException wrong) {
                listener.refused(question, WireProblem.of(String.valueOf(wrong.getMessage())));
            }
        });
    }
}
