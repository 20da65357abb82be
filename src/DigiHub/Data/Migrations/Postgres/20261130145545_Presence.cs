using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DigiHub.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Presence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "shown_to",
                table: "members",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Organisation");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "shown_to",
                table: "members");
        }
    }
}
