package org.experimaestro;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.requirement.Quantities;
import org.jspecify.annotations.Nullable;

/** A reader of the text of a {@link RetryPolicy}. Used once. */
final class RetryPolicyReader {
    private static final String EXAMPLE = "write for example \"memory_limit 3 x2 after 5 min, preempted 20, max 4\"";
    private static final String MAX = "max";
    private static final String ACROSS = "across runs";
    private static final Pattern LIMIT = Pattern.compile("max\\s+(\\d{1,9})");
    private static final Pattern ACROSS_RUNS = Pattern.compile("across\\s+runs");
    private static final Pattern RULE =
            Pattern.compile("\\w+\\s+(\\d{1,9})(?:\\s+x\\s*(\\d{1,9}(?:\\.\\d{1,20})?))?(?:\\s+after\\s+(.+))?");

    private final String text;
    private final @Nullable String location;
    private final Set<RetryCause> seen = EnumSet.noneOf(RetryCause.class);
    private RetryPolicy policy = RetryPolicy.none();
    private boolean isAcrossRuns;

    RetryPolicyReader(String text, @Nullable String location) {
        this.text = text;
        this.location = location;
    }

    /** Returns the policy. */
    RetryPolicy read() {
        if (text.strip().equals("none")) {
            return policy;
        }
        String part = "";
        try {
            for (String each : text.split(",", -1)) {
                part = each.strip();
                readPart(part);
            }
            part = ACROSS;
            return isAcrossRuns ? policy.withAllRuns() : policy;
        } catch (IllegalArgumentException wrong) {
            throw refused(part, String.valueOf(wrong.getMessage()), EXAMPLE);
        }
    }

    private void readPart(String part) {
        Matcher limit = LIMIT.matcher(part);
        if (limit.matches()) {
            if (policy.most().isPresent()) {
                throw new IllegalArgumentException("\"max\" is given twice");
            }
            policy = policy.withMost(Integer.parseInt(limit.group(1)));
        } else if (ACROSS_RUNS.matcher(part).matches()) {
            isAcrossRuns = true;
        } else {
            readRule(part);
        }
    }

    private void readRule(String part) {
        String name = part.split("\\s", 2)[0];
        RetryCause cause = cause(name);
        if (cause == null) {
            List<String> known = names();
            throw refused(
                    part,
                    "found \"" + VisibleText.of(name) + "\", expected one of " + String.join(", ", known),
                    NearName.advice(name, known).orElse(EXAMPLE));
        }
        Matcher rule = RULE.matcher(part);
        if (!rule.matches()) {
            throw new IllegalArgumentException(
                    "expected a number of retries, then perhaps a factor such as x2, then perhaps \"after\" and a time");
        }
        if (!seen.add(cause)) {
            throw new IllegalArgumentException(name + " is given twice");
        }
        int retries = Integer.parseInt(rule.group(1));
        policy = policy.withRule(cause, retries, rule.group(2) == null ? 1 : Double.parseDouble(rule.group(2)));
        if (rule.group(3) != null && retries > 0) {
            policy = policy.withDelay(cause, Quantities.duration(rule.group(3)));
        }
    }

    private static @Nullable RetryCause cause(String name) {
        for (RetryCause cause : RetryCause.values()) {
            if (cause.key().equals(name)) {
                return cause;
            }
        }
        return null;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (RetryCause cause : RetryCause.values()) {
            names.add(cause.key());
        }
        names.add(MAX);
        names.add(ACROSS);
        return names;
    }

    private LaunchException refused(String part, String problem, String advice) {
        return LaunchException.of("Cannot read the retries \"" + VisibleText.of(text) + "\": "
                        + (part.isEmpty() ? "a part is empty" : "in \"" + VisibleText.of(part) + "\": " + problem))
                .at(location)
                .advice(advice)
                .build();
    }
}
