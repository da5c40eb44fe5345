package org.experimaestro.tui;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.experimaestro.core.json.Json;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.model.Effect;
import org.experimaestro.tui.model.Message;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Place;
import org.experimaestro.tui.model.Update;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.web.api.WireReader;

/** A view with answers that nobody has computed. */
public final class Sample {
    /** The time of the view. */
    public static final Instant NOW = Instant.parse("2026-03-18T12:03:04Z");

    private Sample() {}

    /** Returns a view of a place without answers. */
    public static Model model(int columns, int rows, Place place) {
        Model model = new Model(new ScreenSize(columns, rows), NOW, place, Optional.empty(), false);
        Update.of(model, new Message.Beat(NOW, NOW));
        return model;
    }

    /** Presses keys, each named as in the table of keys. */
    public static List<Effect> press(Model model, String... keys) {
        List<Effect> last = List.of();
        for (String key : keys) {
            last = Update.of(model, new Message.Pressed(KeyPress.of(key)));
        }
        return last;
    }

    /** Answers each question of the view that begins with a path. */
    public static void answer(Model model, String path, String json) {
        for (ViewQuestion<?> question : model.questions()) {
            if (question.path().startsWith(path)) {
                Update.of(model, answered(question, json));
            }
        }
    }

    private static <T extends Record> Message answered(ViewQuestion<T> question, String json) {
        return new Message.Answered(question, WireReader.read(question.type(), json));
    }

    /** Returns the answer about a run. */
    public static String run() {
        return """
                {"run": {"experiment": "bm25-grid", "run": "20260318-094211", "state": "running",
                  "started": "2026-03-18T09:42:11Z",
                  "counts": {"done": 168, "failed": 6, "running": 12, "queued": 22, "new": 36, "skipped": 6}},
                 "total": 250, "left": {"seconds": 2760, "basis": "median"},
                 "types": [
                  {"type": "ir.index", "counts": {"done": 2}},
                  {"type": "ir.search", "counts": {"done": 84, "failed": 4, "running": 8, "queued": 22, "new": 2},
                   "left": {"seconds": 2460, "basis": "median"}},
                  {"type": "ir.significance", "counts": {"skipped": 2}}],
                 "failures": [
                  {"type": "ir.search", "kind": "failed", "subject": "java.io.IOException: No space left on device",
                   "advice": "make room", "count": 3, "obstacles": [], "obstacleTotal": 0, "shared": ["All on node05, since 11:40"],
                   "jobs": [%s], "filter": "error~space", "last": "2026-03-18T11:54:04Z"}],
                 "running": [
                  {"job": "ir.search/78f24450", "shortId": "78f24450", "state": "running",
                   "tags": {"k1": 1.5, "dataset": "trec-covid"}, "host": "node04",
                   "started": "2026-03-18T11:54:04Z", "progress": 0.12, "doing": "topic 306"}],
                 "runningTotal": 12,
                 "waiting": [{"type": "ir.search", "kind": "limit", "subject": "30 of 30 places at cluster are taken",
                   "count": 22, "jobs": [], "obstacles": [], "obstacleTotal": 0, "shared": [], "filter": "state=queued"}],
                 "code": {"text": "commit 2ebe65c0, 3 files changed", "checkout": "experimaestro runs checkout bm25-grid"},
                 "command": "experimaestro runs show"}
                """.formatted(row("06ad686d", "failed"));
    }

    /** Returns the answer about what is beside a run. */
    public static String beside() {
        return """
                {"host": "atlas", "problems": [], "actions": [
                  {"name": "export", "possible": true, "command": "experimaestro actions run bm25-grid export",
                   "last": {"number": 2, "state": "done", "isStopping": false, "text": "/data/results/bm25.tar.gz",
                    "started": "2026-03-18T11:50:00Z", "ended": "2026-03-18T11:50:12Z", "folder": "/data/export/2"},
                   "questions": [
                    {"name": "format", "kind": "choice", "text": "Which format?", "options": ["trec", "csv"],
                     "default": ["trec"]},
                    {"name": "parts", "kind": "choices", "text": "Which parts?", "options": ["runs", "topics"],
                     "default": ["runs"]},
                    {"name": "name", "kind": "text", "text": "How is the archive called?", "options": []}]},
                  {"name": "publish", "possible": false, "reason": "jobs that it needs are not done: ir.search/06ad",
                   "command": "experimaestro actions run bm25-grid publish", "questions": []}],
                 "services": [
                  {"name": "notebook", "command": "experimaestro services start bm25-grid notebook",
                   "last": {"number": 1, "state": "vanished", "isStopping": false, "text": "", "folder": "/data/n/1"}},
                  {"name": "tensorboard", "address": "http://127.0.0.1:6006/",
                   "command": "experimaestro services stop bm25-grid tensorboard",
                   "last": {"number": 1, "state": "running", "isStopping": false, "text": "",
                    "started": "2026-03-18T11:00:00Z", "folder": "/data/t/1"}}]}
                """;
    }

    /** Returns the answer about groups: two of them, of so many jobs each. */
    public static String jobs(int size) {
        return """
                {"filter": "", "selected": %1$d, "total": %2$d, "counts": {"failed": 1, "done": %1$d},
                 "allCounts": {"failed": 1, "done": %1$d}, "by": ["k1"], "columns": ["k1", "dataset", "MAP"],
                 "metrics": ["MAP"], "advice": [], "command": "experimaestro jobs list", "groups": [
                  {"key": "1.5", "depth": 0, "label": "1.5", "filter": "k1=1.5", "counts": {"done": %1$d},
                   "size": %1$d, "isLeaf": true},
                  {"key": "1.2", "depth": 0, "label": "1.2", "filter": "k1=1.2", "counts": {"failed": 1, "done": %1$d},
                   "size": %1$d, "isLeaf": true}]}
                """.formatted(size, 2 * size);
    }

    /** Returns the answer about rows, by the first digits of their identifiers. */
    public static String rows(String... ids) {
        String rows = IntStream.range(0, ids.length)
                .mapToObj(i -> row(ids[i], i == 0 ? "failed" : "done"))
                .collect(Collectors.joining(", "));
        return "{\"size\": " + ids.length + ", \"from\": 0, \"rows\": [" + rows + "]}";
    }

    private static String row(String id, String state) {
        return """
                {"job": "ir.search/%1$s", "shortId": "%1$s", "state": "%2$s", "type": "ir.search",
                 "tags": {"k1": 1.5, "dataset": "trec-covid"}, "seconds": 360, "host": "node05", "what": "No space",
                 "values": {"dataset": "trec-covid", "MAP": 0.27134567}, "attempt": 1, "pinned": false}
                """.formatted(id, state);
    }

    /** Returns the answer about a job that has failed. */
    public static String job() {
        return """
                {"job": %s, "folder": "/data/work/jobs/ir.search/06ad686d", "ended": "2026-03-18T11:54:04Z",
                 "seconds": 360, "host": "node05", "cause": "exception", "message": "No space left on device",
                 "attempts": [{"number": 1, "host": "node05",
                  "accounted": {"by": "gpu", "state": "FAILED", "exitCode": 1, "seconds": 365, "maxMemoryBytes": 3221225472}}],
                 "resources": {"asked": {"cores": 4, "tokens licence": 1}, "cpuSeconds": 723.4, "maxMemoryBytes": 3221225472, "seconds": 360}, "metrics": {"MAP": 0.2713},
                 "parameters": [{"name": "k1", "value": 1.5, "role": "counts"}, {"name": "b", "value": 0.75,
                  "role": "default"}], "dependencies": [], "dependents": [], "notes": [], "progress": [],
                 "commands": {"log": "experimaestro jobs log 06ad686d"}}
                """.formatted(row("06ad686d", "failed"));
    }

    /** Returns the message that the end of a log was read, for the effect that asks for it. */
    public static Message log(List<Effect> effects, String text) {
        Effect.ReadLog read = effects.stream()
                .flatMap(effect -> effect instanceof Effect.ReadLog log ? Optional.of(log).stream() : null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is read: " + effects));
        String json =
                "{\"attempt\": 1, \"stream\": \"err\", \"size\": %1$d, \"from\": 0, \"to\": %1$d, \"firstLine\": 1,"
                                .formatted(text.length())
                        + " \"lines\": " + text.lines().count() + ", \"isGrowing\": false, \"text\": "
                        + Json.writeLine(text) + "}";
        return new Message.LogRead(read, WireReader.read(read.question().type(), json));
    }
}
