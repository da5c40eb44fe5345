package org.experimaestro;

import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/**
 * A thing of which there are only so many for all jobs of a {@link Scope}, such as a licence: a job that holds it keeps
 * it until the job ends. {@link Experiment#token} says how many there are. Immutable.
 *
 * <p>{@snippet :
 * Token licence = xp.token("licence", 3);
 * xp.submit(simulate().build(), Launcher.local().holding(licence));
 * }
 */
public final class Token implements Comparable<Token> {
    private final String name;
    private final Scope scope;

    private Token(String name, Scope scope) {
        this.name = name;
        this.scope = scope;
    }

    /** The jobs that share a token. */
    public enum Scope {
        /** All jobs of a workspace, of all users and on all hosts. */
        WORKSPACE,
        /** All jobs that this user runs on this machine, in all workspaces. */
        MACHINE
    }

    /**
     * Returns a token, whose number an experiment declares.
     *
     * @param name the name, by which all plans of the scope mean the same token: letters, digits, {@code -}, {@code _}
     *     and {@code .}
     * @param scope the jobs that share it
     * @return the token
     * @throws LaunchException if the name is empty, or has other characters
     */
    public static Token of(String name, Scope scope) {
        if (name.isEmpty() || !name.chars().allMatch(Token::isAllowed)) {
            throw LaunchException.of("Cannot name a token \"" + name
                            + "\": a name has letters, digits, \"-\", \"_\" and \".\" only")
                    .at(PlanLine.current())
                    .build();
        }
        return new Token(name, scope);
    }

    private static boolean isAllowed(int character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || "-_.".indexOf(character) >= 0;
    }

    /**
     * Returns the name.
     *
     * @return the name, by which plans mean it
     */
    public String name() {
        return name;
    }

    /**
     * Returns the scope.
     *
     * @return the jobs that share it
     */
    public Scope scope() {
        return scope;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Token that && name.equals(that.name) && scope == that.scope;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + scope.hashCode();
    }

    /**
     * Compares by scope, then by name.
     *
     * @param other another token
     * @return as {@link Comparable#compareTo}
     */
    @Override
    public int compareTo(Token other) {
        int byScope = scope.compareTo(other.scope);
        return byScope != 0 ? byScope : name.compareTo(other.name);
    }

    /** Returns the name, and the scope if it is the machine. */
    @Override
    public String toString() {
        return scope == Scope.WORKSPACE ? name : name + " of this machine";
    }
}
