package org.experimaestro.cli.option;

import java.time.Duration;
import org.experimaestro.core.defaults.DurationText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of an age, such as {@code 7d} or {@code 12h}. */
public final class AgeConverter implements ITypeConverter<Duration> {
    /** The form of the option's value, for its help. */
    public static final String FORM = "AGE";

    @Override
    public Duration convert(String text) {
        try {
            Duration age = DurationText.parse(text);
            if (age.isNegative()) {
                throw new TypeConversionException(
                        "an age is not negative, as \"" + text + "\" is; write for example 7d");
            }
            return age;
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    "\"" + text + "\" is not an age: " + wrong.getMessage() + "; write for example 7d or 12h");
        }
    }
}
