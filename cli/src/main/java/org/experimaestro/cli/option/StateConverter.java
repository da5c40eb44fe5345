package org.experimaestro.cli.option;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.experimaestro.workspace.JobState;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of a state's name, in lower or upper case. */
public final class StateConverter implements ITypeConverter<JobState> {

    @Override
    public JobState convert(String text) {
        List<String> names =
                Stream.of(JobState.values()).map(StateConverter::name).toList();
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (!names.contains(name)) {
            throw new TypeConversionException(
                    "there is no state \"" + text + "\"; " + CommandLineProblem.advice(name, names, "states"));
        }
        return JobState.valueOf(name.toUpperCase(Locale.ROOT));
    }

    public static String name(JobState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
