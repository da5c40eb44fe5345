package org.experimaestro.monitor.filter;

import java.util.Optional;

/** An operator between a name and its operand. */
enum Operator {
    // A longer sign comes before a shorter one with which it begins.
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("="),
    LESS("<"),
    GREATER(">"),
    MATCHES("~");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /** Returns whether the operator needs values with an order, and has one bound as its operand. */
    boolean isOrder() {
        return this == AT_MOST || this == AT_LEAST || this == LESS || this == GREATER;
    }

    /** Returns whether a value that compares in this way with the bound is selected. */
    boolean holds(int comparison) {
        return switch (this) {
            case AT_MOST -> comparison <= 0;
            case AT_LEAST -> comparison >= 0;
            case LESS -> comparison < 0;
            case GREATER -> comparison > 0;
            case EQUAL, NOT_EQUAL, MATCHES -> throw new IllegalStateException(sign + " compares no order");
        };
    }

    /** Returns the operator that stands at an index of a text. */
    static Optional<Operator> at(String text, int index) {
        for (Operator operator : values()) {
            if (text.startsWith(operator.sign, index)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
