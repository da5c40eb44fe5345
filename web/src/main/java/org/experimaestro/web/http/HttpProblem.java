package org.experimaestro.web.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.workspace.Failures;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered, with the status and the words of the response. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String advice;
    private final transient Map<String, Object> more = new LinkedHashMap<>();

    /**
     * Creates a problem.
     *
     * @param status the status of the response, from 400
     * @param message the action that failed, its object and the reason
     */
    public HttpProblem(int status, String message) {
        this(status, message, null);
    }

    /**
     * Creates a problem with advice.
     *
     * @param status the status of the response, from 400
     * @param message the action that failed, its object and the reason
     * @param advice the action that a person can take; {@code null} if there is none
     */
    public HttpProblem(int status, String message, @Nullable String advice) {
        super(message, null, false, false);
        this.status = status;
        this.advice = advice;
    }

    /**
     * Creates the problem of a question that is wrong.
     *
     * @param message what is wrong
     * @return a problem of status 400
     */
    public static HttpProblem badRequest(String message) {
        return new HttpProblem(400, message);
    }

    /**
     * Creates the problem of a thing that does not exist.
     *
     * @param message the thing
     * @return a problem of status 404
     */
    public static HttpProblem notFound(String message) {
        return new HttpProblem(404, message);
    }

    /**
     * Creates the problem of an exception that no client has caused.
     *
     * @param failed the exception
     * @return a problem of status 500, without the exception's trace
     */
    public static HttpProblem ofFault(Exception failed) {
        if (failed instanceof IOException unreadable) {
            return new HttpProblem(500, "Cannot read the workspace: " + Failures.reason(unreadable));
        }
        if (failed instanceof WorkspaceException) {
            return new HttpProblem(500, String.valueOf(failed.getMessage()));
        }
        if (failed instanceof JsonException damaged) {
            return new HttpProblem(500, "Cannot read the workspace: " + damaged.getMessage());
        }
        return new HttpProblem(
                500,
                "This is a fault of Experimaestro: " + failed,
                "report it with the lines that the command has printed");
    }

    /**
     * Creates the problem of an answer that does not fit into the memory of the server.
     *
     * @return a problem of status 503
     */
    public static HttpProblem ofFullMemory() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return new HttpProblem(
                503,
                "Cannot answer: the memory of the server is full, which has " + megabytes + " MB",
                "select fewer jobs by a filter, or start it again with more memory, as by the variable JDK_JAVA_OPTIONS=-Xmx"
                        + 2 * megabytes + "m");
    }

    /**
     * Adds a member to the answer, such as the place of a mistake.
     *
     * @param name the member's name
     * @param value a JSON value
     * @return this problem
     */
    public HttpProblem with(String name, Object value) {
        more.put(name, value);
        return this;
    }

    /** Returns the status of the response. */
    public int status() {
        return status;
    }

    /** Returns the message, which is never {@code null}. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Returns the advice. */
    public Optional<String> advice() {
        return Optional.ofNullable(advice);
    }

    /**
     * Returns the problem as an answer of the API.
     *
     * @return the members of a JSON object
     */
    public Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", text());
        advice().ifPresent(words -> answer.put("advice", words));
        answer.putAll(more);
        return answer;
    }
}
