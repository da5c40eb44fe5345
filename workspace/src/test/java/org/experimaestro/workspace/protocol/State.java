package org.experimaestro.workspace.protocol;

import java.util.Arrays;

/** A state of a model: small numbers in numbered cells. Immutable. */
final class State {
    private final byte[] cells;

    private State(byte[] cells) {
        this.cells = cells;
    }

    /** Returns a state whose cells are all 0. */
    static State ofSize(int size) {
        return new State(new byte[size]);
    }

    int get(int cell) {
        return cells[cell];
    }

    /** Returns the same state but for one cell. */
    State with(int cell, int value) {
        byte[] changed = cells.clone();
        changed[cell] = (byte) value;
        return new State(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State && Arrays.equals(cells, ((State) other).cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return Arrays.toString(cells);
    }
}
