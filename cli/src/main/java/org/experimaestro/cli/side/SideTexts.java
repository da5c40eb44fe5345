package org.experimaestro.cli.side;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Question;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.jspecify.annotations.Nullable;

/** The texts of listings of actions and services. */
final class SideTexts {
    private static final int LONGEST_TEXT = 80;

    private SideTexts() {}

    /** Prints a listing. What cannot be read hides only itself. */
    static void print(Printer out, Printer err, List<SideFolder> found, SideKind kind, boolean json) {
        List<SideFolder> folders =
                found.stream().filter(folder -> isReadable(folder, err)).toList();
        if (json) {
            folders.forEach(folder -> out.line(Json.writeLine(json(folder))));
        } else if (folders.isEmpty()) {
            err.line("No " + kind.word() + " was declared by the last run of any experiment, or by the named run");
        } else {
            table(folders, kind).forEach(out::line);
        }
    }

    private static boolean isReadable(SideFolder folder, Printer err) {
        try {
            var _ = folder.kind() == SideKind.ACTION ? folder.action() : folder.service();
            return true;
        } catch (WorkspaceException damaged) {
            err.warning(String.valueOf(damaged.getMessage()));
            return false;
        }
    }

    private static List<Line> table(List<SideFolder> folders, SideKind kind) {
        boolean isAction = kind == SideKind.ACTION;
        TextTable table = new TextTable(
                kind.word().toUpperCase(Locale.ROOT),
                "RUN",
                "STATE",
                "SINCE",
                isAction ? "QUESTIONS" : "ADDRESS",
                isAction ? "RESULT" : "REASON");
        for (SideFolder folder : folders) {
            Optional<SideStatus> status = folder.last().map(SideProcess::status);
            table.add(
                    Line.of(folder.name(), "bold"),
                    Line.of(folder.run()),
                    Line.of(status.map(last -> last.state().word()).orElse("never started")),
                    Line.of(status.flatMap(last -> last.ended().or(last::started))
                            .map(SideTexts::time)
                            .orElse("")),
                    Line.of(
                            isAction
                                    ? questions(folder)
                                    : status.map(last -> address(folder, last)).orElse("")),
                    Line.of(status.map(last -> ValueTexts.line(last.text(), LONGEST_TEXT))
                            .orElse("")));
        }
        return table.lines();
    }

    private static String time(Instant time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    private static String questions(SideFolder action) {
        return String.join(
                ", ", action.action().questions().stream().map(Question::name).toList());
    }

    /** Returns the address of a service that is ready; empty otherwise. */
    static String address(SideFolder service, SideStatus status) {
        return status.state() == SideStatus.State.RUNNING && status.port().isPresent()
                ? "http://127.0.0.1:" + status.port().getAsInt()
                        + service.service().path()
                : "";
    }

    private static Map<String, @Nullable Object> json(SideFolder folder) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(folder.kind().word(), folder.name());
        json.put("run", folder.run());
        if (folder.kind() == SideKind.ACTION) {
            json.put("type", folder.action().typeId());
            json.put(
                    "questions",
                    folder.action().questions().stream().map(SideTexts::json).toList());
        }
        folder.last().ifPresent(process -> {
            SideStatus status = process.status();
            json.put("number", process.number());
            json.put("state", status.state().word());
            json.put("folder", process.path().toString());
            if (folder.kind() == SideKind.SERVICE) {
                json.put("address", address(folder, status));
            }
            json.put("text", status.text());
            status.started().ifPresent(time -> json.put("started", time.toString()));
            status.ended().ifPresent(time -> json.put("ended", time.toString()));
        });
        return json;
    }

    private static Map<String, @Nullable Object> json(Question question) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", question.name());
        json.put("kind", question.kind().name().toLowerCase(Locale.ROOT));
        json.put("text", question.text());
        json.put("options", question.options());
        json.put("default", question.defaults().orElse(null));
        return json;
    }
}
