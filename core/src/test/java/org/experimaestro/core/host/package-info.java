/** Tests of the identity of machines. */
package org.experimaestro.core.host;
