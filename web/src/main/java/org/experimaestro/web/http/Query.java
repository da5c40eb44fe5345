package org.experimaestro.web.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a question. Immutable.
 *
 * @param values the values of each parameter, in the order of the address
 */
public record Query(Map<String, List<String>> values) {
    /** The query without parameters. */
    public static final Query NONE = new Query(Map.of());

    /**
     * Parses the part of an address behind its question mark.
     *
     * @param raw the percent-encoded text
     * @return the parameters
     * @throws HttpProblem if an escape is wrong, or stands for no text
     */
    public static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            }
        }
        return new Query(values);
    }

    private static String decode(String text) {
        String decoded = PercentText.decode(text.replace('+', ' '));
        if (decoded.indexOf('\0') >= 0) {
            throw HttpProblem.badRequest("Cannot read the address: a parameter has the character NUL");
        }
        return decoded;
    }

    /**
     * Returns a parameter that may be left out.
     *
     * @param name the parameter's name
     * @return its value; empty if it is missing or blank
     * @throws HttpProblem if it is given more than once
     */
    public Optional<String> find(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw HttpProblem.badRequest(
                    "Cannot read the parameter " + name + ": it is given " + given.size() + " times");
        }
        return given.stream().filter(value -> !value.isBlank()).findFirst();
    }

    /**
     * Returns a parameter.
     *
     * @param name the parameter's name
     * @return its value
     * @throws HttpProblem if it is missing, blank, or given more than once
     */
    public String get(String name) {
        return find(name).orElseThrow(() -> HttpProblem.badRequest("The parameter " + name + " is missing"));
    }

    /**
     * Returns all values of a parameter.
     *
     * @param name the parameter's name
     * @return the values, in order; empty if it is missing
     */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * Returns a parameter that is a list of names, such as {@code type,k1}.
     *
     * @param name the parameter's name
     * @return the names, in order; empty if it is missing. A comma in a name is written {@code \,}
     */
    public List<String> list(String name) {
        List<String> names = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        String text = find(name).orElse("");
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\\' && i + 1 < text.length()) {
                i++;
                part.append(text.charAt(i));
            } else if (next == ',') {
                names.add(part.toString());
                part.setLength(0);
            } else {
                part.append(next);
            }
        }
        names.add(part.toString());
        names.removeIf(String::isBlank);
        return names;
    }

    /**
     * Returns a parameter that is a list of names, and of which the server has a default.
     *
     * @param name the parameter's name
     * @return the names, none if it is given without any; empty if it is missing
     */
    public Optional<List<String>> findList(String name) {
        return all(name).isEmpty() ? Optional.empty() : Optional.of(list(name));
    }

    /**
     * Returns a parameter that is a whole number.
     *
     * @param name the parameter's name
     * @param absent the number without the parameter
     * @param least the least allowed number
     * @param most the largest allowed number
     * @return the number
     * @throws HttpProblem if it is no number of this range
     */
    public long number(String name, long absent, long least, long most) {
        Optional<String> given = find(name);
        if (given.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(given.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // The message below is about both.
        }
        throw HttpProblem.badRequest("Cannot read the parameter " + name + ": found \"" + given.get()
                + "\", expected a number from " + least + " to " + most);
    }

    /**
     * Returns a parameter that is true or false.
     *
     * @param name the parameter's name
     * @return whether it is given as {@code true} or {@code 1}
     */
    public boolean isSet(String name) {
        return find(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }
}
