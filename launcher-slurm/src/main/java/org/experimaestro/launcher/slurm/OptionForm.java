package org.experimaestro.launcher.slurm;

import java.util.regex.Pattern;

/** The form of the value of an option (sbatch(1)). */
enum OptionForm {
    /** Any line of text that is not empty. */
    TEXT("[\\s&&[^\\p{Cc}]]*+[^\\p{Cc}\\s][^\\p{Cc}]*+", "one line of text"),
    /** A number from 1. */
    COUNT("0*[1-9]\\d{0,8}", "a number from 1, as in 4"),
    /** A number, or a range of numbers. */
    RANGE("0*[1-9]\\d{0,8}(-0*[1-9]\\d{0,8})?", "a number from 1, or two of them, as in 2 or 2-4"),
    /** A number with an optional sign. */
    NUMBER("[+-]?\\d{1,9}", "a whole number, as in 100"),
    /** A size in units of 1024; megabytes without a unit. */
    MEMORY("\\d{1,12}[KMGTkmgt]?", "a size, as in 400M or 16G"),
    /** A time in the forms of --time. */
    TIME(
            "\\d{1,9}|\\d{1,9}:\\d{1,2}|\\d{1,7}:\\d{1,2}:\\d{1,2}|\\d{1,6}-\\d{1,2}(:\\d{1,2}(:\\d{1,2})?)?|UNLIMITED|INFINITE",
            "a time: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes:seconds, or UNLIMITED"),
    /** A flag: true or false. */
    FLAG("true|false", "true or false"),
    /** The events of --mail-type. */
    MAIL_TYPE(
            "(?i)(NONE|BEGIN|END|FAIL|REQUEUE|ALL|INVALID_DEPEND|STAGE_OUT|TIME_LIMIT(_(90|80|50))?|ARRAY_TASKS)"
                    + "(,(NONE|BEGIN|END|FAIL|REQUEUE|ALL|INVALID_DEPEND|STAGE_OUT|TIME_LIMIT(_(90|80|50))?|ARRAY_TASKS))*+",
            "NONE, BEGIN, END, FAIL, REQUEUE, ALL, INVALID_DEPEND, STAGE_OUT, TIME_LIMIT, TIME_LIMIT_90, TIME_LIMIT_80,"
                    + " TIME_LIMIT_50 or ARRAY_TASKS, or several with commas"),
    /** A signal in the form of --signal. */
    SIGNAL("([RB]{1,2}:)?([A-Z][A-Z0-9+-]*|\\d{1,2})(@\\d{1,5})?", "a signal, as in USR1, B:TERM@60"),
    /** An absolute path. */
    FOLDER("/[^\\p{Cc}]*", "an absolute path, as in /opt/slurm/bin");

    private final Pattern pattern;
    private final String description;

    OptionForm(String pattern, String description) {
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
