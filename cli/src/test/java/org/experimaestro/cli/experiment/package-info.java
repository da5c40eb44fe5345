@NullMarked
package org.experimaestro.cli.experiment;

import org.jspecify.annotations.NullMarked;
