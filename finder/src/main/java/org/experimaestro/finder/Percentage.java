package org.experimaestro.finder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.settings.WrittenAs;

/** A percentage, from 1 to 100. */
@WrittenAs(one = "a percentage from 1% to 100%", many = "percentages such as 75%")
record Percentage(int percent) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})\\s*%");

    static Percentage parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        int percent = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("write a whole number with its sign, such as 75%");
        }
        return new Percentage(percent);
    }
}
