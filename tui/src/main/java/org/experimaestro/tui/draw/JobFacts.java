package org.experimaestro.tui.draw;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.text.DurationWords;
import org.experimaestro.base.text.SizeWords;
import org.experimaestro.core.json.Json;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.wire.WireJob;
import org.experimaestro.tui.wire.WireLink;

/** The facts about a job, as lines. */
final class JobFacts {
    /** The part of the name of a resource that says that tokens are counted. */
    private static final String TOKENS = "tokens ";

    private final List<Fact> facts = new ArrayList<>();

    private JobFacts() {}

    /** A line. */
    private record Fact(String text, TextStyle style) {}

    static JobFacts of(WireJob job, Model model, DrawContext context) {
        JobFacts facts = new JobFacts();
        facts.parameters(job);
        facts.metrics(job);
        facts.progress(job);
        facts.announced(job);
        facts.links("Dependencies", job.dependencies());
        facts.links("Used by", job.dependents());
        facts.attempts(job, model, context);
        facts.heading("More");
        facts.line("folder    " + job.folder());
        job.launcher().ifPresent(launcher -> facts.line("launcher  " + launcher));
        job.batchJob().ifPresent(batch -> facts.line("batch job " + batch));
        job.resources().ifPresent(facts::use);
        job.pinned().ifPresent(reason -> facts.line("pinned    " + reason));
        job.notes().forEach(note -> facts.line("note      " + note.text() + " (" + note.by() + ")"));
        job.commands().forEach((name, command) -> facts.line(String.format("%-9s", name) + " " + command));
        return facts;
    }

    private void heading(String title) {
        if (!facts.isEmpty()) {
            facts.add(new Fact("", TextStyle.PLAIN));
        }
        facts.add(new Fact(title, TextStyle.BOLD));
    }

    private void line(String text) {
        facts.add(new Fact("  " + text, TextStyle.PLAIN));
    }

    private void use(WireJob.Use use) {
        List<String> parts = new ArrayList<>();
        use.maxMemoryBytes().ifPresent(bytes -> parts.add(SizeWords.of(bytes) + " of memory"));
        use.cpuSeconds().ifPresent(seconds -> parts.add(time(seconds) + " of CPU time"));
        use.energy().ifPresent(parts::add);
        if (!parts.isEmpty()) {
            line("used      " + String.join(", ", parts));
        }
        use.asked().forEach((name, amount) -> {
            if (name.startsWith(TOKENS)) {
                line("tokens    " + name.substring(TOKENS.length()) + ": " + amount);
            }
        });
    }

    private void accounted(WireJob.AccountedUse use) {
        List<String> parts = new ArrayList<>();
        use.maxMemoryBytes().ifPresent(bytes -> parts.add(SizeWords.of(bytes) + " of memory"));
        use.cpuSeconds().ifPresent(seconds -> parts.add(time(seconds) + " of CPU time"));
        use.seconds().ifPresent(seconds -> parts.add(time(seconds) + " in all"));
        use.state().ifPresent(parts::add);
        use.exitCode().ifPresent(code -> parts.add("exit code " + code));
        line("  " + use.by() + " counted " + String.join(", ", parts));
    }

    private static String time(double seconds) {
        return DurationWords.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private void parameters(WireJob job) {
        heading("Parameters");
        if (job.parameters().isEmpty()) {
            facts.add(new Fact("  none", TextStyle.FAINT));
        }
        job.parameters().forEach(parameter -> parameter(parameter, 1));
    }

    private void parameter(WireJob.Parameter parameter, int depth) {
        String value = parameter
                .value()
                .map(found -> " " + (found instanceof String text ? text : Json.writeLine(found)))
                .orElse("");
        String producer = parameter
                .producer()
                .map(link -> " from " + link.type() + " " + link.shortId())
                .orElse("");
        String role = parameter.role().equals("counts") ? "" : " (" + parameter.role() + ")";
        facts.add(new Fact(
                "  ".repeat(depth) + parameter.name() + value + producer + role,
                role.isEmpty() ? TextStyle.PLAIN : TextStyle.FAINT));
        parameter.children().forEach(child -> parameter(child, depth + 1));
    }

    private void metrics(WireJob job) {
        if (!job.metrics().isEmpty()) {
            heading("Metrics");
            job.metrics().forEach((name, value) -> line(name + " " + Json.writeLine(value)));
        }
    }

    private void progress(WireJob job) {
        if (!job.progress().isEmpty()) {
            heading("Progress");
            job.progress()
                    .forEach(level -> line(
                            "  ".repeat(level.level()) + Pencil.percent(level.progress()) + " " + level.description()));
        }
    }

    private void announced(WireJob job) {
        if (!job.announced().isEmpty()) {
            heading("Announced");
            job.announced().forEach(each -> line(each.name() + "  " + each.output()));
        }
    }

    private void links(String title, List<WireLink> links) {
        if (!links.isEmpty()) {
            heading(title);
            for (WireLink link : links) {
                StateLook look = StateLook.of(link.state());
                facts.add(new Fact(
                        "  " + look.sign() + " " + link.type() + " " + link.shortId() + " " + link.tagText(),
                        look.style()));
            }
        }
    }

    private void attempts(WireJob job, Model model, DrawContext context) {
        if (job.attempts().isEmpty()) {
            return;
        }
        heading("Attempts");
        for (WireJob.Attempt attempt : job.attempts()) {
            String begun = attempt.started()
                    .map(at -> " " + TimeWords.clock(at, model.now(), context.zone()))
                    .orElse("");
            String took = attempt.started().isPresent() && attempt.ended().isPresent()
                    ? " for "
                            + TimeWords.between(
                                    attempt.started().get(), attempt.ended().get())
                    : "";
            line(attempt.number()
                    + begun
                    + took
                    + attempt.host().map(host -> " " + host).orElse("")
                    + (attempt.worker().isPresent() ? " in a warm worker" : "")
                    + attempt.cause().map(cause -> " " + cause).orElse("")
                    + attempt.message().map(message -> ": " + message).orElse(""));
            attempt.accounted().ifPresent(this::accounted);
        }
    }

    /** Draws the lines from one on, in a part of the screen. */
    void draw(Pencil pencil, int column, int top, int from, int to) {
        int begin = Math.clamp(top, 0, Math.max(0, facts.size() - (to - from)));
        for (int i = begin; i < Math.min(facts.size(), begin + to - from); i++) {
            pencil.text(
                    column, from + i - begin, facts.get(i).text(), facts.get(i).style());
        }
    }
}
