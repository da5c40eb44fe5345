package org.experimaestro.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.text.NearName;

/**
 * A text with places for the {@linkplain NotificationField values of a notification}, {@code ${title}}, and for
 * variables of the environment, {@code ${env:CHAT_TOKEN}}. Two dollars before a brace stand for one, and no place. Immutable.
 *
 * @param text the text as it was written
 */
@WrittenAs(one = "a text", many = "texts")
public record NotificationTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final Pattern VARIABLE = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*");
    private static final String ENVIRONMENT = "env:";

    /**
     * Reads a template.
     *
     * @param text the text
     * @return the template
     * @throws IllegalArgumentException if a place has an unknown name; the message is advice
     */
    public static NotificationTemplate parse(String text) {
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String name = place.group(1);
            if (name == null) {
                continue; // an escape
            }
            if (place.group(2).isEmpty()) {
                throw new IllegalArgumentException("close the place with a brace: ${" + name.strip() + "}");
            }
            if (!NotificationField.keys().contains(name)
                    && !VARIABLE.matcher(name).matches()) {
                throw new IllegalArgumentException(advice(name));
            }
        }
        return new NotificationTemplate(text);
    }

    private static String advice(String name) {
        List<String> known = new ArrayList<>(NotificationField.keys());
        return NearName.find(name, known)
                .map(near -> "did you mean ${" + near + "}?")
                .orElse("the places are ${" + String.join("}, ${", known) + "} and ${env:NAME}; write $${ for a dollar"
                        + " and a brace");
    }

    /**
     * Returns the names of the environment's variables in the text.
     *
     * @return the names, sorted
     */
    public Set<String> variables() {
        Set<String> names = new TreeSet<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String name = place.group(1);
            if (name != null && name.startsWith(ENVIRONMENT)) {
                names.add(name.substring(ENVIRONMENT.length()));
            }
        }
        return names;
    }

    /**
     * Returns the text with values in its places.
     *
     * @param fields returns the value of a field by its name, fit for the language of the text, such as JSON
     * @param variables returns the value of a variable by its name, likewise
     * @return the text
     */
    public String fill(UnaryOperator<String> fields, UnaryOperator<String> variables) {
        return PLACE.matcher(text).replaceAll(place -> {
            String name = place.group(1);
            String value = name == null
                    ? "${"
                    : name.startsWith(ENVIRONMENT)
                            ? variables.apply(name.substring(ENVIRONMENT.length()))
                            : fields.apply(name);
            return Matcher.quoteReplacement(value);
        });
    }
}
