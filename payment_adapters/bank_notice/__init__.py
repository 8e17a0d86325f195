"""Bank notices (báo biến động số dư): listens to a service that watches the fee account."""
