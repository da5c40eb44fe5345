package org.experimaestro.launcher.pbs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An option of a PBS launcher; the letters are those of qsub(1B). */
enum PbsOption {
    /** The option {@code -A}. */
    ACCOUNT(Form.TEXT, "the account that is charged (-A)"),
    /** The option {@code -P}. */
    PROJECT(Form.TEXT, "the project (-P)"),
    /** The option {@code -q}. */
    QUEUE(Form.TEXT, "the queue; of the queues in the launcher file, only this one is used (-q)"),
    /** The option {@code -l select}. */
    SELECT(Form.TEXT, "the chunks of hosts, as in 2:ncpus=4:mem=8gb; instead of the requirement's (-l select)"),
    /** The option {@code -l place}. */
    PLACE(Form.TEXT, "how chunks are placed, as in scatter:excl; instead of the requirement's (-l place)"),
    /** The option {@code -l walltime}. */
    WALLTIME(Form.TIME, "how long a job may take, as in 1:30:00; instead of the requirement's duration (-l walltime)"),
    /** The resource that counts accelerators. */
    GPU_RESOURCE(Form.NAME, "the resource that counts GPUs; ngpus if not set"),
    /** The resource that names accelerators. */
    GPU_TYPE_RESOURCE(Form.NAME, "the resource that names the model of GPU, as in gpu_type; not asked for if not set"),
    /** Subjobs that run at once. */
    ARRAY_LIMIT(Form.COUNT, "how many jobs of an array run at once; PBS 2021 or newer"),
    /** The option {@code -r}. */
    RERUNNABLE(Form.FLAG, "whether PBS may start a job again by itself; arrays always are (-r)"),
    /** The option {@code -p}. */
    PRIORITY(Form.NUMBER, "the priority, from -1024 to 1023 (-p)"),
    /** The option {@code -m}. */
    MAIL_EVENTS(Form.MAIL, "when PBS writes mail: n, or some of a, b, e (-m)"),
    /** The option {@code -M}. */
    MAIL_USERS(Form.TEXT, "whom PBS writes to (-M)"),
    /** Folder of the commands. */
    BIN(Form.FOLDER, "the folder of qsub, qstat and qdel, if they are not on the PATH"),
    /** Largest array. */
    MAX_ARRAY(Form.COUNT, "how many jobs an array has at most; 1000 if not set, 1 for no arrays");

    /** The largest array, if the option is not set. */
    static final int DEFAULT_MAX_ARRAY = 1000;

    /** The usual name of the resource that counts accelerators. */
    static final String DEFAULT_GPU_RESOURCE = "ngpus";

    private static final Map<String, PbsOption> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(PbsOption::key, Function.identity()));

    private final Form form;
    private final String meaning;

    PbsOption(Form form, String meaning) {
        this.form = form;
        this.meaning = meaning;
    }

    /** The form of a value. */
    enum Form {
        /** A line. */
        TEXT("[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*", "one line of text"),
        /** The name of a resource. */
        NAME("[A-Za-z][A-Za-z0-9_-]*", "the name of a resource, as in ngpus"),
        /** A number from 1. */
        COUNT("0*[1-9]\\d{0,8}", "a number from 1, as in 4"),
        /** A number with an optional sign. */
        NUMBER("[+-]?\\d{1,4}", "a whole number, as in 100"),
        /** A duration. */
        TIME("\\d{1,9}|(\\d{1,7}:)?\\d{1,2}:\\d{1,2}", "a time, as in 5400 (seconds) or 1:30:00"),
        /** A flag: true or false. */
        FLAG("true|false", "true or false"),
        /** Events. */
        MAIL("n|[abe]{1,3}", "n, or some of a, b and e"),
        /** An absolute path. */
        FOLDER("/[^\\p{Cc}]*", "an absolute path, as in /opt/pbs/bin");

        private final Pattern pattern;
        private final String description;

        Form(String pattern, String description) {
            this.pattern = Pattern.compile(pattern);
            this.description = description;
        }

        /** Returns whether a value has this form. */
        boolean accepts(String value) {
            return pattern.matcher(value).matches();
        }

        /** Returns the form in words. */
        String description() {
            return description;
        }
    }

    /** Returns the option of a name in the launcher file. */
    static Optional<PbsOption> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Returns its name in the launcher file. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the option of qsub that it sets, with the resource of {@code -l}; empty if there is none. */
    String directive() {
        return switch (this) {
            case ACCOUNT -> "-A";
            case PROJECT -> "-P";
            case QUEUE -> "-q";
            case SELECT -> "-l select";
            case PLACE -> "-l place";
            case WALLTIME -> "-l walltime";
            case RERUNNABLE -> "-r";
            case PRIORITY -> "-p";
            case MAIL_EVENTS -> "-m";
            case MAIL_USERS -> "-M";
            case GPU_RESOURCE, GPU_TYPE_RESOURCE, ARRAY_LIMIT, BIN, MAX_ARRAY -> "";
        };
    }

    /** Returns its meaning, for users. */
    String meaning() {
        return meaning;
    }

    /** Returns the form of its value. */
    Form form() {
        return form;
    }
}
