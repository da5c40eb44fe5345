package org.experimaestro.generated;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a configuration type.
 *
 * <p>Only the descriptor that makes the parameter calls the {@code with…} methods, and only before it publishes the
 * parameter.
 */
public final class Parameter {
    private final String name;
    private final ValueType type;
    private final byte[] encodedName;
    private @Nullable Object defaultValue;
    private boolean defaultFromMethod;
    private boolean firstDefaultSaid;
    private @Nullable Object firstDefault;
    private boolean firstDefaultFromMethod;
    private boolean defaultCounts;
    private boolean meta;
    private boolean content;
    private boolean data;
    private @Nullable String generatedPath;
    private boolean pathOptional;
    private @Nullable String pathPartial;
    private String[] leftOutOf = {};
    private double min = Double.NEGATIVE_INFINITY;
    private double max = Double.POSITIVE_INFINITY;
    private String[] choices = {};
    private String[] formerNames = {};

    private Parameter(String name, ValueType type) {
        this.name = name;
        this.type = type;
        this.encodedName = name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Creates a required parameter that counts.
     *
     * @param name its name, a Java identifier
     * @param type its type
     * @return the parameter
     */
    public static Parameter of(String name, ValueType type) {
        return new Parameter(name, type);
    }

    /**
     * Sets its default.
     *
     * @param value the value as a builder takes it
     * @return this
     */
    public Parameter withDefault(Object value) {
        defaultValue = value;
        return this;
    }

    /**
     * Declares that {@link TypeDescriptor#defaultConfig} makes its default.
     *
     * @return this
     */
    public Parameter withDefaultFromMethod() {
        defaultFromMethod = true;
        return this;
    }

    /**
     * Sets its first default, which has changed since.
     *
     * @param value the value as a builder takes it, or {@code null} for an absent optional
     * @return this
     */
    public Parameter withFirstDefault(@Nullable Object value) {
        firstDefaultSaid = true;
        firstDefault = value;
        return this;
    }

    /**
     * Declares that {@link TypeDescriptor#firstDefaultConfig} makes its first default, which has changed since.
     *
     * @return this
     */
    public Parameter withFirstDefaultFromMethod() {
        firstDefaultSaid = true;
        firstDefaultFromMethod = true;
        return this;
    }

    /**
     * Makes it count even when it has its default.
     *
     * @return this
     */
    public Parameter withDefaultInId() {
        defaultCounts = true;
        return this;
    }

    /**
     * Makes it a meta parameter.
     *
     * @return this
     */
    public Parameter withMeta() {
        meta = true;
        return this;
    }

    /**
     * Makes it a path that is identified by its content.
     *
     * @return this
     */
    public Parameter withContent() {
        content = true;
        return this;
    }

    /**
     * Lets the file or folder of the path travel with a saved configuration.
     *
     * @return this
     */
    public Parameter withData() {
        data = true;
        return this;
    }

    /**
     * Makes it a generated path.
     *
     * @param path relative to the job's folder; empty for the folder itself
     * @return this
     */
    public Parameter withGeneratedPath(String path) {
        generatedPath = path;
        return this;
    }

    /**
     * Allows the task to return without having made its generated path.
     *
     * @return this
     */
    public Parameter withPathOptional() {
        pathOptional = true;
        return this;
    }

    /**
     * Puts its generated path into a shared folder.
     *
     * @param partial the name of the partial identifier that has the folder
     * @return this
     */
    public Parameter withPathPartial(String partial) {
        pathPartial = partial;
        return this;
    }

    /**
     * Leaves it out of partial identifiers.
     *
     * @param partials their names
     * @return this
     */
    public Parameter withLeftOutOf(String... partials) {
        leftOutOf = partials.clone();
        return this;
    }

    /**
     * Limits its numbers.
     *
     * @param least the least value
     * @param greatest the greatest value
     * @return this
     */
    public Parameter withRange(double least, double greatest) {
        min = least;
        max = greatest;
        return this;
    }

    /**
     * Limits its values.
     *
     * @param values the choices as text
     * @return this
     */
    public Parameter withChoices(String... values) {
        choices = values.clone();
        return this;
    }

    /**
     * Declares the names that it had before.
     *
     * @param names the former names
     * @return this
     */
    public Parameter withFormerNames(String... names) {
        formerNames = names.clone();
        return this;
    }

    /**
     * Returns the same parameter under another name, and with another type.
     *
     * @param other the name
     * @param otherType the type
     * @return a new parameter without former names
     */
    public Parameter as(String other, ValueType otherType) {
        Parameter copy = new Parameter(other, otherType);
        copy.defaultValue = defaultValue;
        copy.defaultFromMethod = defaultFromMethod;
        copy.firstDefaultSaid = firstDefaultSaid;
        copy.firstDefault = firstDefault;
        copy.firstDefaultFromMethod = firstDefaultFromMethod;
        copy.defaultCounts = defaultCounts;
        copy.meta = meta;
        copy.content = content;
        copy.data = data;
        copy.generatedPath = generatedPath;
        copy.pathOptional = pathOptional;
        copy.pathPartial = pathPartial;
        copy.leftOutOf = leftOutOf;
        copy.min = min;
        copy.max = max;
        copy.choices = choices;
        return copy;
    }

    /**
     * Returns the names that it had before.
     *
     * @return empty by default; must not be changed
     */
    public String[] formerNames() {
        return formerNames;
    }

    /**
     * Returns its name.
     *
     * @return a Java identifier
     */
    public String name() {
        return name;
    }

    /**
     * Returns its type.
     *
     * @return the type
     */
    public ValueType type() {
        return type;
    }

    /**
     * Returns its name as it enters the identifier.
     *
     * @return UTF-8; must not be changed
     */
    public byte[] encodedName() {
        return encodedName;
    }

    /**
     * Returns its default, unless a method makes it.
     *
     * @return the value as a builder takes it, or {@code null}
     */
    public @Nullable Object defaultValue() {
        return defaultValue;
    }

    /**
     * Returns whether a static method makes the default.
     *
     * @return true with {@code @DefaultFrom}
     */
    public boolean isDefaultFromMethod() {
        return defaultFromMethod;
    }

    /**
     * Returns whether its default has changed, and the first default is declared.
     *
     * @return false if today's default is the first default
     */
    public boolean hasFirstDefault() {
        return firstDefaultSaid;
    }

    /**
     * Returns its first default, if that differs from today's and no method makes it.
     *
     * @return the value as a builder takes it, or {@code null} for an absent optional
     */
    public @Nullable Object firstDefault() {
        return firstDefault;
    }

    /**
     * Returns whether a static method makes the first default.
     *
     * @return true with {@code was} in {@code @DefaultFrom}
     */
    public boolean isFirstDefaultFromMethod() {
        return firstDefaultFromMethod;
    }

    /**
     * Returns whether a plan may leave the parameter out.
     *
     * @return true with a default, for optionals and for generated paths
     */
    public boolean isOptional() {
        return defaultValue != null
                || defaultFromMethod
                || generatedPath != null
                || type.kind() == ValueType.Kind.OPTIONAL;
    }

    /**
     * Returns whether the default counts in the identifier.
     *
     * @return false by default
     */
    public boolean isDefaultCounted() {
        return defaultCounts;
    }

    /**
     * Returns whether the parameter can enter the identifier at all.
     *
     * @return false for meta parameters and generated paths
     */
    public boolean isCounted() {
        return !meta && generatedPath == null;
    }

    /**
     * Returns whether the parameter is a meta parameter.
     *
     * @return true with {@code @Meta}
     */
    public boolean isMeta() {
        return meta;
    }

    /**
     * Returns whether the path is identified by its content.
     *
     * @return true with {@code @Content}
     */
    public boolean isContent() {
        return content;
    }

    /**
     * Returns whether the file or folder of the path travels with a saved configuration.
     *
     * @return true with {@code @DataPath}
     */
    public boolean isData() {
        return data;
    }

    /**
     * Returns the generated path.
     *
     * @return relative to the job's folder, or {@code null} if the plan sets the parameter
     */
    public @Nullable String generatedPath() {
        return generatedPath;
    }

    /**
     * Returns whether the task may return without having made its generated path.
     *
     * @return false by default
     */
    public boolean isPathOptional() {
        return pathOptional;
    }

    /**
     * Returns the name of the partial identifier that has the shared folder of the generated path.
     *
     * @return {@code null} if the path is in the job's folder, or there is none
     */
    public @Nullable String pathPartial() {
        return pathPartial;
    }

    /**
     * Returns the partial identifiers of the type in which the parameter does not count.
     *
     * @return their names; must not be changed
     */
    public String[] leftOutOf() {
        return leftOutOf;
    }

    /**
     * Returns whether the parameter does not count in a partial identifier.
     *
     * @param partial the name
     * @return false by default
     */
    public boolean isLeftOutOf(String partial) {
        for (String each : leftOutOf) {
            if (each.equals(partial)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the least number allowed.
     *
     * @return negative infinity without a limit
     */
    public double min() {
        return min;
    }

    /**
     * Returns the greatest number allowed.
     *
     * @return infinity without a limit
     */
    public double max() {
        return max;
    }

    /**
     * Returns the values allowed, as text.
     *
     * @return empty without a limit; must not be changed
     */
    public String[] choices() {
        return choices;
    }
}
