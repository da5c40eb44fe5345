package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Token;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.engine.token.RunTokens;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.Failures;
import org.jspecify.annotations.Nullable;

/** The tokens that a plan has declared, and the check of submissions that hold some. Thread-safe. */
final class DeclaredTokens {
    private final @Nullable RunTokens shared;
    private final RunListener listener;
    private final Map<Token, Integer> sizes = new ConcurrentHashMap<>();

    /**
     * Creates a list without tokens.
     *
     * @param shared stores the sizes for all runs; {@code null} in a run that grants no tokens
     * @param listener receives warnings
     */
    DeclaredTokens(@Nullable RunTokens shared, RunListener listener) {
        this.shared = shared;
        this.listener = listener;
    }

    /**
     * Declares how many of a token there are, and warns if that differs from what was declared before.
     *
     * @throws LaunchException if the number is not positive
     * @throws WorkspaceException if the number cannot be stored
     */
    Token declare(Token token, int size) {
        if (size < 1) {
            throw LaunchException.of(
                            "Cannot declare the token " + token + ": its number is " + size + ", and not at least 1")
                    .at(PlanLine.current())
                    .build();
        }
        sizes.put(token, size);
        if (shared == null) {
            return token;
        }
        try {
            OptionalLong before = shared.declare(token, size);
            if (before.isPresent() && before.getAsLong() != size) {
                listener.warning("There were " + before.getAsLong() + " of the token " + token + ", and this plan says "
                        + size + ", which counts from now on for all runs");
            }
            if (before.isEmpty()) {
                warnOfCase(token, shared.names(token.scope()));
            }
        } catch (IOException failed) {
            throw cannotDeclare(token, failed);
        }
        return token;
    }

    /** Warns of a new token whose name seems to be a misspelt one. */
    private void warnOfCase(Token token, Set<String> names) {
        for (String name : names) {
            if (!name.equals(token.name()) && name.equalsIgnoreCase(token.name())) {
                listener.warning(
                        "The token " + token + " is new, and there is the token " + name
                                + ", whose name differs only in case: jobs that hold one of them do not wait for the other one");
            }
        }
    }

    private static WorkspaceException cannotDeclare(Token token, IOException failed) {
        var problem = WorkspaceException.of(
                        "Cannot store how many of the token " + token + " there are: " + Failures.reason(failed))
                .at(PlanLine.current())
                .cause(failed);
        return token.scope() == Token.Scope.MACHINE
                ? problem.advice(UserFolder.STATE.advice()).build()
                : problem.advice("make room or change the permissions of the workspace")
                        .build();
    }

    /**
     * Checks that a job can have its tokens.
     *
     * @param request the request of its submission
     * @param placement the job's placement; {@code null} for a job that is done, which needs none
     * @throws LaunchException if it never could; the message has all problems
     */
    void check(Launcher request, @Nullable Placement placement) {
        if (placement == null) {
            return;
        }
        List<String> problems = new ArrayList<>();
        request.tokens().forEach((token, amount) -> {
            Integer size = sizes.get(token);
            if (size == null) {
                problems.add("this plan has not declared the token " + token);
            } else if (amount > size) {
                problems.add("it holds " + amount + " of the token " + token + ", of which there are " + size);
            } else if (token.scope() == Token.Scope.MACHINE
                    && !placement.launcher().isHere()) {
                problems.add("it runs on the launcher " + placement.launcher().name() + ", and the token " + token
                        + " is for jobs that run here");
            }
        });
        if (!problems.isEmpty()) {
            throw LaunchException.of("Cannot submit a job that holds tokens: " + String.join("; ", problems))
                    .at(request.location().orElse(PlanLine.current()))
                    .advice("hold what token(NAME, NUMBER) of the experiment has returned, and not more than that"
                            + " number")
                    .build();
        }
    }

    /** Returns how many of a declared token this plan says there are. */
    long size(Token token) {
        return sizes.getOrDefault(token, 1);
    }
}
