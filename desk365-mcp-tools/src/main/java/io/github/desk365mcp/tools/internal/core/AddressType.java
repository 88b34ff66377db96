package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.EmailAddress;
import io.github.desk365mcp.tools.internal.text.Text;
import org.jspecify.annotations.Nullable;

/** One e-mail address, with or without a name. Anything else is refused before mail is sent to anyone. */
public final class AddressType extends TextType {

    AddressType(int longest) {
        super(longest, true);
    }

    @Override
    public Object repair(Object given) {
        Object text = super.repair(given);
        return text instanceof String address ? EmailAddress.bare(address) : text;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        String address = (String) valid;
        String fault = address.isBlank() ? null : EmailAddress.fault(address);
        return fault == null ? super.complaint(valid) : expected() + ", not " + Text.brief(address) + ": " + fault;
    }

    @Override
    public String expected() {
        return "one e-mail address";
    }
}
