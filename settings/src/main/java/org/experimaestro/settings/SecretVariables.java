package org.experimaestro.settings;

import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;

/**
 * A filter for variables whose names mark them as secrets, such as {@code WANDB_API_KEY}: their values are not
 * printed. Secrets with other names are not found, so it is better to pass a secret by its name.
 */
public final class SecretVariables {
    /** The text that is printed instead of a value. */
    public static final String HIDDEN = "(hidden)";

    /**
     * The pattern of secret names. A word of the name ends like {@code HF_TOKEN} and {@code PGPASSWORD}, but not
     * {@code MAX_TOKENS} or {@code AUTHOR}.
     */
    private static final Pattern SECRET = Pattern.compile(
            "(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRETS?|TOKEN|KEYS?|CREDENTIALS?)[0-9]*(_|$)", Pattern.CASE_INSENSITIVE);

    private SecretVariables() {}

    /**
     * Returns a value in the form in which it is printed.
     *
     * @param name the variable's name
     * @param value its value, or {@link EnvironmentVariable#PASSED}
     * @return the value; a text in parentheses if it is a secret, or passed by its name
     */
    public static String shown(String name, String value) {
        if (EnvironmentVariable.isPassed(value)) {
            return "(passed)";
        }
        return isSecret(name) ? HIDDEN : value;
    }

    static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    /** Returns a file's values without those of secret variables in its key {@code env}. */
    static Mapping hiddenIn(Mapping file) {
        Entry env = file.entries().get(KeyNames.ENV);
        if (env == null || !(env.value() instanceof Mapping values)) {
            return file;
        }
        Mapping shown = values;
        for (Entry entry : values.entries().values()) {
            if (isSecret(entry.key().text())) {
                var hidden = new Scalar(Kind.TEXT, HIDDEN, entry.value().origin());
                shown = shown.with(new Entry(entry.key(), hidden));
            }
        }
        return file.with(new Entry(env.key(), shown));
    }

    /**
     * Returns an override of the command line as it is printed and stored.
     *
     * @param override {@code key=value}
     * @return the same, without its value if that is a secret variable's, or all of {@code env}
     */
    public static String shownOverride(String override) {
        int equals = override.indexOf('=');
        List<String> keys = List.of(override.substring(0, Math.max(0, equals)).split("\\.", -1));
        boolean isVariable = keys.getFirst().strip().equals(KeyNames.ENV);
        boolean isHidden =
                isVariable && (keys.size() == 1 || isSecret(keys.get(1).strip()));
        return isHidden ? override.substring(0, equals + 1) + HIDDEN : override;
    }
}
