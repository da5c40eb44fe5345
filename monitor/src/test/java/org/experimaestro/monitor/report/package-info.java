@NullMarked
package org.experimaestro.monitor.report;

import org.jspecify.annotations.NullMarked;
