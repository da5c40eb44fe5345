package org.experimaestro.web.action;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.workspace.JobFolder;

/** A client that asks for actions on a written workspace. Its noted actions are performed when a test says so. */
final class ActionClient {
    final WrittenWorkspace written;
    final NotedActions noted;
    final List<String> batchEnds = new ArrayList<>();

    ActionClient(WrittenWorkspace written, InstantSource clock) {
        this.written = written;
        this.noted = new NotedActions(clock);
    }

    JsonObject ask(String action, Map<String, Object> question) throws IOException {
        return ask(action, Json.write(question), Duration.ofMinutes(1));
    }

    JsonObject ask(String action, String body, Duration killLimit) throws IOException {
        written.monitored().index().refresh();
        Actions actions = new Actions(
                written.monitored(),
                (job, batchJob, limit) -> {
                    batchEnds.add(batchJob.toString());
                    return job.status();
                },
                noted,
                Map::of,
                killLimit);
        Request request = new Request("POST", List.of("api", "1", "actions", action), Query.NONE, Map.of(), body);
        Response response = actions.handle(request, Map.of("action", action));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        response.body().writeTo(out);
        return JsonObject.of(Json.parse(out.toString(StandardCharsets.UTF_8)), "answer");
    }

    static Map<String, Object> plan(Map<String, Object> question) {
        return with(question, "plan", true);
    }

    /** Returns a question that is performed at once. */
    static Map<String, Object> now(Map<String, Object> question) {
        return with(question, "hold", 0);
    }

    static Map<String, Object> of(JobFolder... jobs) {
        return Map.of("jobs", Arrays.stream(jobs).map(JobFolder::name).toList());
    }

    static Map<String, Object> with(Map<String, Object> question, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(question);
        more.put(name, value);
        return more;
    }

    static HttpProblem problem(ThrowingCallable call) {
        HttpProblem[] found = new HttpProblem[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(HttpProblem.class, problem -> found[0] = problem);
        return found[0];
    }
}
