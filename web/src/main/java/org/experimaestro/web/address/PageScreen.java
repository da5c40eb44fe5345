package org.experimaestro.web.address;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The screens of the page. Each has its members in the query, in the order of the address. */
public enum PageScreen {
    /** All experiments of the workspace. */
    WORKSPACE(""),
    /** The runs of an experiment. */
    EXPERIMENT(""),
    /** A run as a whole. */
    RUN("beside number# find line#"),
    /** The list of jobs. */
    JOBS("q by* sort open+ cols* at selected*"),
    /** A job with its log. */
    JOB("q by* sort attempt# stream find line#"),
    /** The differences between jobs. */
    COMPARE("q jobs* base show"),
    /** The table for a paper. */
    TABLE("q rows* cols* metrics* over* ci# best"),
    /** Charts of a metric. */
    CHARTS("q metric x by* over* as"),
    /** The waits and turns of jobs over time. */
    TIMELINE("q lanes from to as"),
    /** The dependencies of groups of jobs. */
    GRAPH("q around by* at as"),
    /** The jobs that nothing refers to. */
    ORPHANS(""),
    /** The jobs that were cleaned. */
    TRASH(""),
    /** All configuration types. */
    TYPES(""),
    /** A configuration type. */
    TYPE("");

    /** The form of a member in the query. */
    enum Kind {
        /** A text. */
        WORD,
        /** A number. */
        NUMBER,
        /** Names in one value, separated by commas. */
        NAMES,
        /** A value for each text of a list. */
        EACH
    }

    /**
     * A member of a view.
     *
     * @param name its name
     * @param kind its form
     */
    record Member(String name, Kind kind) {
        private static Member of(String text) {
            String name = text.substring(0, text.length() - 1);
            return switch (text.charAt(text.length() - 1)) {
                case '#' -> new Member(name, Kind.NUMBER);
                case '*' -> new Member(name, Kind.NAMES);
                case '+' -> new Member(name, Kind.EACH);
                default -> new Member(text, Kind.WORD);
            };
        }

        /** Returns the name in the address, where it may be shorter. */
        String shortName() {
            return name.equals("selected") ? "sel" : name;
        }

        /** Returns whether the member may have a text. Some have few values. */
        boolean accepts(String text) {
            return switch (name) {
                case "stream" -> List.of("out", "err", "both").contains(text);
                case "show" -> text.equals("logs");
                default -> true;
            };
        }
    }

    private final String members;

    PageScreen(String members) {
        this.members = members;
    }

    List<Member> members() {
        return members.isEmpty()
                ? List.of()
                : Arrays.stream(members.split(" ")).map(Member::of).toList();
    }

    /** Returns the word that names the screen in paths, and in the page's own sources. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether a view is about the jobs of one run, or of all runs. */
    boolean isOfJobs() {
        return members.startsWith("q");
    }

    static Optional<PageScreen> find(String word) {
        return Arrays.stream(values())
                .filter(screen -> screen.word().equals(word))
                .findFirst();
    }
}
