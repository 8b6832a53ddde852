package graph

import (
	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/challenge"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

func roleChange(in model.SaveStaffRoleInput) role.Change {
	c := role.Change{ID: orZero(in.RoleID.Value()), Version: in.Version.Value(), Name: in.Name.Value(), Reason: in.Reason}
	if permissions := in.Permissions.Value(); permissions != nil {
		c.Permissions = &permissions
	}
	return c
}

func staffChange(in model.SaveStaffInput) role.StaffChange {
	c := role.StaffChange{UserID: in.UserID, Version: in.Version.Value(), AdminLevel: in.AdminLevel.Value(), Reason: in.Reason}
	if ids := in.RoleIds.Value(); ids != nil {
		c.RoleIDs = &ids
	}
	if removed := in.RemovedPermissions.Value(); removed != nil {
		c.Removed = &removed
	}
	return c
}

// rolesOf returns the roles that somebody holds; none, which is not null, where they hold
// none or are no staff.
func rolesOf(a *role.Access) []role.Role {
	roles := []role.Role{}
	if a != nil {
		for _, r := range a.Roles {
			roles = append(roles, r.Role)
		}
	}
	return roles
}

func accessModel(a *role.Access, factors []institution.Method) *model.StaffAccess {
	m := &model.StaffAccess{
		Permissions: a.Permissions(), Roles: rolesOf(a), RemovedPermissions: a.Removed, Version: a.Version,
		LastSignedInBy: orNil(challenge.OptionKind(a.SignedInBy)), Factors: make([]challenge.OptionKind, len(factors)),
	}
	if m.RemovedPermissions == nil {
		m.RemovedPermissions = []auth.Permission{}
	}
	for i, f := range factors {
		m.Factors[i] = challenge.OptionKind(f) // a way is called the same for whoever may use it and for whoever does
	}
	return m
}

func reviewConnection(page user.Page, reviewed []role.Reviewed, after string) *model.AccessReviewConnection {
	c := &model.AccessReviewConnection{
		Edges: make([]model.AccessReviewEdge, len(reviewed)), Nodes: make([]model.AccessReview, len(reviewed)),
		PageInfo: pageInfo(page.HasNext, after != "", page.Matches),
	}
	for i := range reviewed {
		of := &reviewed[i]
		node := model.AccessReview{
			UserID: of.User.ID, Name: of.User.Name(), Email: of.User.Email, AdminLevel: of.User.AdminLevel, Status: of.User.Status,
			DisabledAt: of.User.DisabledAt, LastSignedInAt: of.User.LastSignedInAt, Grants: make([]model.AccessGrant, len(of.Grants)),
		}
		for j, g := range of.Grants {
			node.Grants[j] = model.AccessGrant{Permission: g.Permission, Roles: g.Roles, GrantedBy: orNil(g.By), LastUsedAt: g.LastUsed}
			if node.Grants[j].Roles == nil {
				node.Grants[j].Roles = []string{}
			}
			if !g.Since.At.IsZero() {
				node.Grants[j].Since = &g.Since.At
			}
		}
		c.Nodes[i] = node
		c.Edges[i] = model.AccessReviewEdge{Cursor: page.Matches[i].Cursor(), Node: &c.Nodes[i]}
	}
	return c
}
