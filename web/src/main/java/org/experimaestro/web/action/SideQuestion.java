package org.experimaestro.web.action;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request about an action or a service that a run has declared. Immutable.
 *
 * @param run the run, {@code EXPERIMENT/RUN}
 * @param kind the kind
 * @param name its name
 * @param answers the answers to the questions of an action, by their names
 * @param port the port at which a service is to listen; empty for any free one
 * @param hasEnded whether a person knows that a service does not run on another host
 * @param plan whether nothing is done yet
 * @param planned the digest of the plan that was shown
 */
record SideQuestion(
        String run,
        SideKind kind,
        String name,
        Map<String, List<String>> answers,
        OptionalInt port,
        boolean hasEnded,
        boolean plan,
        Optional<String> planned) {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String WRONG = "Cannot read the question: ";
    private static final String PORT = "port";
    private static final String ANSWERS = "answers";
    private static final String HAS_ENDED = "hasEnded";
    private static final String PLAN = "plan";
    private static final List<String> MEMBERS =
            List.of("run", SideKind.ACTION.word(), SideKind.SERVICE.word(), ANSWERS, PORT, HAS_ENDED, PLAN, "planned");

    /**
     * Reads a body.
     *
     * @throws HttpProblem if the body is too long, or is no such object; all unknown members are named at once
     */
    static SideQuestion parse(String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new HttpProblem(413, WRONG + "it has more than " + MOST_BYTES + " bytes");
        }
        try {
            JsonObject json = JsonObject.of(Json.parse(body), "body");
            BodyMembers.requireKnown(json, MEMBERS, WRONG);
            Optional<String> action = json.optionalString(SideKind.ACTION.word());
            Optional<String> service = json.optionalString(SideKind.SERVICE.word());
            if (action.isPresent() == service.isPresent()) {
                throw HttpProblem.badRequest(WRONG + "expected one of action and service, which have a name, found "
                        + (action.isPresent() ? "both" : "none"));
            }
            return new SideQuestion(
                    json.string("run"),
                    action.isPresent() ? SideKind.ACTION : SideKind.SERVICE,
                    action.or(() -> service).orElseThrow(),
                    json.has(ANSWERS) ? answers(json.object(ANSWERS)) : Map.of(),
                    json.has(PORT) ? OptionalInt.of(json.integer(PORT, 1, SideProcess.MOST_PORT)) : OptionalInt.empty(),
                    json.has(HAS_ENDED) && json.bool(HAS_ENDED),
                    json.has(PLAN) && json.bool(PLAN),
                    json.optionalString("planned"));
        } catch (JsonException wrong) {
            throw HttpProblem.badRequest(WRONG + wrong.getMessage());
        }
    }

    /** Returns the answers: a text, or a list of texts. */
    private static Map<String, List<String>> answers(JsonObject json) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String question : json.keys()) {
            Object given = json.raw(question);
            answers.put(
                    question, given instanceof List<?> list ? texts(question, list) : List.of(text(question, given)));
        }
        return answers;
    }

    private static List<String> texts(String question, List<?> given) {
        List<String> texts = new ArrayList<>();
        given.forEach(each -> texts.add(text(question, each)));
        return texts;
    }

    private static String text(String question, @Nullable Object given) {
        if (given instanceof String text) {
            return text;
        }
        throw HttpProblem.badRequest(WRONG + "found " + Json.writeLine(given) + " as the answer to \""
                + VisibleText.of(question) + "\", expected a text or a list of texts");
    }
}
