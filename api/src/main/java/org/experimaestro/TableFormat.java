package org.experimaestro;

/** A format in which a {@link PaperTable} is written. */
public enum TableFormat {
    /**
     * Aligned columns for a terminal. The best cell ends with {@code *}, a cell that is not significantly worse with {@code
     * ~}, and one that is better or worse than the baseline with {@code +} or {@code -}.
     */
    TEXT,
    /** A table of GitHub's Markdown. The best cell is bold, a cell not significantly worse is in italics. */
    MARKDOWN,
    /** Comma-separated values (RFC 4180): one header line, then a line for each cell, with all numbers in full. */
    CSV,
    /**
     * A LaTeX environment {@code tabular}, which needs the package {@code booktabs}. The best cell is bold, a cell not
     * significantly worse is underlined.
     */
    LATEX,
    /** One JSON object with all that is known of each cell. Infinities and NaN are texts. */
    JSON,
    /**
     * A plot of the one metric against the one tag of the rows, whose values are numbers. It has a line for each column
     * and bars for the confidence intervals. Points have the marks of {@link #TEXT}.
     */
    SVG
}
