using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace DigiHub.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ApprovalAndGuests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "guest_network",
                table: "sites",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "guest_route",
                table: "sites",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "needs_approval",
                table: "rule_sets",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "approval_id",
                table: "bookings",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "approve_by",
                table: "bookings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "people",
                table: "bookings",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "approvals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<int>(type: "integer", nullable: false),
                    space_id = table.Column<int>(type: "integer", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    lapses_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    told_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approvals", x => x.id);
                    table.ForeignKey(
                        name: "FK_approvals_booking_series_series_id",
                        column: x => x.series_id,
                        principalTable: "booking_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_approvals_members_decided_by_id",
                        column: x => x.decided_by_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_approvals_sites_site_id",
                        column: x => x.site_id,
                        principalTable: "sites",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_approvals_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "booking_guests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    booking_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    language = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    added_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    arrived_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    invited_sequence = table.Column<int>(type: "integer", nullable: true),
                    calendar_sequence = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_booking_guests", x => x.id);
                    table.ForeignKey(
                        name: "FK_booking_guests_bookings_booking_id",
                        column: x => x.booking_id,
                        principalTable: "bookings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "delegations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delegate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sees_titles = table.Column<bool>(type: "boolean", nullable: false),
                    granted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    through = table.Column<LocalDate>(type: "date", nullable: true),
                    ends_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delegations", x => x.id);
                    table.ForeignKey(
                        name: "FK_delegations_members_delegate_id",
                        column: x => x.delegate_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_delegations_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "space_approvers",
                columns: table => new
                {
                    rules_id = table.Column<int>(type: "integer", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_space_approvers", x => new { x.rules_id, x.member_id });
                    table.ForeignKey(
                        name: "FK_space_approvers_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_space_approvers_rule_sets_rules_id",
                        column: x => x.rules_id,
                        principalTable: "rule_sets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "approval_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    approver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_requests", x => x.id);
                    table.ForeignKey(
                        name: "FK_approval_requests_approvals_approval_id",
                        column: x => x.approval_id,
                        principalTable: "approvals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_approval_requests_members_approver_id",
                        column: x => x.approver_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_bookings_approval_id",
                table: "bookings",
                column: "approval_id",
                filter: "approval_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_bookings_approve_by",
                table: "bookings",
                column: "approve_by",
                filter: "approve_by IS NOT NULL AND status = 'Confirmed'");

            migrationBuilder.CreateIndex(
                name: "IX_approval_requests_approval_id_approver_id",
                table: "approval_requests",
                columns: new[] { "approval_id", "approver_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_approval_requests_approver_id",
                table: "approval_requests",
                column: "approver_id");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_decided_by_id",
                table: "approvals",
                column: "decided_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_lapses_at",
                table: "approvals",
                column: "lapses_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_series_id",
                table: "approvals",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_site_id",
                table: "approvals",
                column: "site_id");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_space_id",
                table: "approvals",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_guests_booking_id",
                table: "booking_guests",
                column: "booking_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_guests_normalized_email",
                table: "booking_guests",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "IX_delegations_delegate_id",
                table: "delegations",
                column: "delegate_id");

            migrationBuilder.CreateIndex(
                name: "IX_delegations_member_id_delegate_id",
                table: "delegations",
                columns: new[] { "member_id", "delegate_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_space_approvers_member_id",
                table: "space_approvers",
                column: "member_id");

            migrationBuilder.AddForeignKey(
                name: "FK_bookings_approvals_approval_id",
                table: "bookings",
                column: "approval_id",
                principalTable: "approvals",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_bookings_approvals_approval_id",
                table: "bookings");

            migrationBuilder.DropTable(
                name: "approval_requests");

            migrationBuilder.DropTable(
                name: "booking_guests");

            migrationBuilder.DropTable(
                name: "delegations");

            migrationBuilder.DropTable(
                name: "space_approvers");

            migrationBuilder.DropTable(
                name: "approvals");

            migrationBuilder.DropIndex(
                name: "IX_bookings_approval_id",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "IX_bookings_approve_by",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "guest_network",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "guest_route",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "needs_approval",
                table: "rule_sets");

            migrationBuilder.DropColumn(
                name: "approval_id",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "approve_by",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "people",
                table: "bookings");
        }
    }
}
