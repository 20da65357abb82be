using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DigiHub.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CheckIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "check_in_grace_minutes",
                table: "rule_sets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "check_in_opens_minutes",
                table: "rule_sets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 15);

            migrationBuilder.AddColumn<bool>(
                name: "spares_long_bookings",
                table: "rule_sets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "check_in_by",
                table: "bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "checked_in_at",
                table: "bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "checked_in_how",
                table: "bookings",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "comes_later_at",
                table: "bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "check_in_watch",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    looked_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_check_in_watch", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_bookings_check_in_by",
                table: "bookings",
                column: "check_in_by",
                filter: "check_in_by IS NOT NULL AND checked_in_at IS NULL AND status = 'Confirmed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "check_in_watch");

            migrationBuilder.DropIndex(
                name: "IX_bookings_check_in_by",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "check_in_grace_minutes",
                table: "rule_sets");

            migrationBuilder.DropColumn(
                name: "check_in_opens_minutes",
                table: "rule_sets");

            migrationBuilder.DropColumn(
                name: "spares_long_bookings",
                table: "rule_sets");

            migrationBuilder.DropColumn(
                name: "check_in_by",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "checked_in_at",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "checked_in_how",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "comes_later_at",
                table: "bookings");
        }
    }
}
