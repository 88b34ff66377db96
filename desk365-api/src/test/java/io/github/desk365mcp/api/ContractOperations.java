package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.BillCycle;
import io.github.desk365mcp.api.model.Contract;
import io.github.desk365mcp.api.model.ContractType;
import io.github.desk365mcp.api.model.RolloverType;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contracts, in an account to which the vendor has granted access. */
interface ContractOperations extends WithDesk {

    LocalDate START = LocalDate.of(2027, 1, 1);
    LocalDate END = LocalDate.of(2027, 12, 31);

    private Contracts contracts() {
        return desk().contracts();
    }

    @Test
    default void contracts_are_listed() {
        List<Contract> all = contracts().list().stream().toList();
        assertThat(all).hasSizeGreaterThan(10);
        List<Contract> found = contracts()
                .list(q -> q.offset(0)
                        .company("Northwind")
                        .category("Managed service")
                        .inactive(false)
                        .expired(false)
                        .upcoming(false))
                .stream()
                .toList();
        assertThat(found).extracting(Contract::name).containsExactly("Northwind full service");
        assertThat(found.get(0).rolloverDetails().get(0).contractMinsUsed()).isEqualTo(1980);
        assertThat(found.get(0).usageHours().get(1).extraUsedMins()).isEqualTo(110);
    }

    @Test
    default void a_contract_is_read_by_name_or_reference_number() {
        Contract byName = contracts().get("Northwind full service");
        assertThat(byName.startDate()).isEqualTo("2026-10-01");
        assertThat(contracts().getByReferenceNumber("NW-2026-01")).isEqualTo(byName);
    }

    @Test
    default void created_contracts_are_read_back() {
        contracts().create("Smallest", "Northwind", START, END, c -> {});
        Contract smallest = contracts().get("Smallest");
        assertThat(smallest.endDate()).isEqualTo(END);

        Contract answer = contracts()
                .create(
                        "Fullest",
                        "Northwind",
                        START,
                        END,
                        c -> c.referenceNumber("F-1")
                                .setupFees(500)
                                .sla("Gold")
                                .category("Managed service")
                                .active(false)
                                .billCycle(BillCycle.CONTRACT_LENGTH)
                                .afterHoursIncluded(true)
                                .blockHours(40)
                                .minIncrement(15)
                                .rolloverMonthly(2));
        assertThat(answer.category()).isEqualTo("Managed service");
        Contract hours = contracts().getByReferenceNumber("F-1");
        assertThat(hours.isActive()).isFalse();
        assertThat(hours.setupFees()).isEqualTo(500);
        assertThat(hours.billCycle()).isEqualTo(BillCycle.CONTRACT_LENGTH);
        assertThat(hours.afterHoursIncluded()).isTrue();
        assertThat(hours.contractType()).isEqualTo(ContractType.BLOCK_HOURS);
        assertThat(hours.contractHours()).isEqualTo(40);
        assertThat(hours.minIncrement()).isEqualTo(15);
        assertThat(hours.rolloverUnusedHours()).isTrue();
        assertThat(hours.rolloverType()).isEqualTo(RolloverType.MONTHLY);
        assertThat(hours.rolloverValue()).isEqualTo(2);

        contracts().create("Tickets", "Northwind", START, END, c -> c.blockTickets(100));
        assertThat(contracts().get("Tickets").contractType()).isEqualTo(ContractType.BLOCK_TICKETS);
    }

    @Test
    default void an_updated_contract_is_read_back() {
        contracts().update("Northwind full service", c -> c.noRollover());
        assertThat(contracts().get("Northwind full service").rolloverUnusedHours())
                .isFalse();

        contracts()
                .updateByReferenceNumber(
                        "NW-2026-01",
                        c -> c.rename("Everything")
                                .referenceNumber("NW-1")
                                .setupFees(7)
                                .endDate(END)
                                .afterHoursIncluded(false)
                                .category("Project")
                                .rolloverMonthly(3));
        Contract changed = contracts().get("Everything");
        assertThat(changed.referenceNumber()).isEqualTo("NW-1");
        assertThat(changed.endDate()).isEqualTo(END);
        assertThat(changed.category()).isEqualTo("Project");
        assertThat(changed.rolloverValue()).isEqualTo(3);

        contracts().update("Everything", c -> c.clearCategory());
        assertThat(contracts().get("Everything").category()).isNull();
    }
}
