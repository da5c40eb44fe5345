package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PhaseTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "job-life.md");
    private static final String BEGIN = "<!-- begin: phases, written by PhaseTest -->\n";
    private static final String END = "<!-- end: phases -->\n";

    @Test
    void after_eachPhaseAndEvent_followsTheTable() {
        List<String> transitions = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (Phase.Event event : Phase.Event.values()) {
                next(phase, event).ifPresent(next -> transitions.add(phase + " " + event + " " + next));
            }
        }

        assertThat(transitions)
                .containsExactly(
                        "WAITING UNBLOCKED READY",
                        "WAITING DEPENDENCY_FAILED SKIPPED",
                        "WAITING STARTED RUNNING",
                        "WAITING WITHHELD SKIPPED",
                        "WAITING SUCCEEDED DONE",
                        "WAITING FAILED FAILED",
                        "READY BLOCKED WAITING",
                        "READY STARTED RUNNING",
                        "READY WITHHELD SKIPPED",
                        "READY FAILED FAILED",
                        "RUNNING POSTPONED WAITING",
                        "RUNNING SUCCEEDED DONE",
                        "RUNNING FAILED FAILED",
                        "FAILED RETRIED WAITING",
                        "SKIPPED RETRIED WAITING");
    }

    @Test
    void after_eventThatCannotHappen_namesBoth() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Phase.DONE.after(Phase.Event.STARTED))
                .withMessage("A job that is DONE cannot have the event STARTED");
    }

    @Test
    void isFinal_isTrueWhereOnlyAnotherTryFollows() {
        for (Phase phase : Phase.values()) {
            boolean stays = true;
            for (Phase.Event event : Phase.Event.values()) {
                stays &= event == Phase.Event.RETRIED || next(phase, event).isEmpty();
            }
            assertThat(phase.isFinal()).as(phase.name()).isEqualTo(stays);
        }
    }

    /** With {@code -Dgolden.update=true}, writes the diagram instead. */
    @Test
    void document_showsTheTable() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length());
        assertThat(end).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + diagram() + document.substring(end));
            return;
        }

        assertThat(document.substring(begin, end)).isEqualTo(diagram());
    }

    private static String diagram() {
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> WAITING\n");
        for (Phase phase : Phase.values()) {
            for (Phase.Event event : Phase.Event.values()) {
                next(phase, event)
                        .ifPresent(next -> text.append("    " + phase + " --> " + next + " : "
                                + event.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "\n"));
            }
        }
        for (Phase phase : Phase.values()) {
            if (phase.isFinal()) {
                text.append("    " + phase + " --> [*]\n");
            }
        }
        return text.append("```\n").toString();
    }

    private static Optional<Phase> next(Phase phase, Phase.Event event) {
        try {
            return Optional.of(phase.after(event));
        } catch (IllegalStateException cannotHappen) {
            return Optional.empty();
        }
    }
}
