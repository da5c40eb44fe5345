@NullMarked
package org.experimaestro.monitor.action;

import org.jspecify.annotations.NullMarked;
