package org.experimaestro.monitor.filter;

import java.util.List;

/** A node of a filter's syntax tree. Its text is that of {@link FilterPrinter}. Immutable. */
sealed interface Condition {
    /** The condition that all rows meet. */
    Condition NONE = new All(List.of());

    /**
     * Conditions of which a row must meet all.
     *
     * @param parts the conditions, none of them of this kind; not one alone
     */
    record All(List<Condition> parts) implements Condition {}

    /**
     * Conditions of which a row must meet one.
     *
     * @param parts two conditions or more, none of them of this kind
     */
    record Either(List<Condition> parts) implements Condition {}

    /**
     * A condition that a row must not meet.
     *
     * @param part the condition, which is not of this kind
     */
    record Not(Condition part) implements Condition {}

    /**
     * A comparison of a value of a row.
     *
     * @param name the name of the value
     * @param operator the operator
     * @param operands texts and ranges for {@code =} and {@code !=}; one text for the other operators
     */
    record Test(FilterName name, Operator operator, List<Operand> operands) implements Condition {}

    /**
     * A text that is searched in a row's identifier, type, tags and error.
     *
     * @param text the text, compared without regard to case
     */
    record Word(String text) implements Condition {}
}
