/** The machine that this process runs on. */
package org.experimaestro.core.host;
