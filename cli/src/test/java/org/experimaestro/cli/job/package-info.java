@NullMarked
package org.experimaestro.cli.job;

import org.jspecify.annotations.NullMarked;
