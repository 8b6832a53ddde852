package graph

import (
	"strings"

	"github.com/factordesk/factordesk/graph/model"
	"github.com/factordesk/factordesk/internal/job"
)

func jobConnection(p job.Page, after string) *model.JobConnection {
	c := &model.JobConnection{Edges: make([]model.JobEdge, len(p.Jobs)), Nodes: make([]model.Job, len(p.Jobs))}
	for i, j := range p.Jobs {
		c.Nodes[i] = jobModel(j)
		c.Edges[i] = model.JobEdge{Cursor: j.Cursor(), Node: &c.Nodes[i]}
	}
	c.PageInfo = pageInfo(p.HasNext, after != "", p.Jobs)
	return c
}

func jobModel(j job.Job) model.Job {
	out := model.Job{
		ID: j.ID, Kind: string(j.Kind), Queue: model.JobQueue(strings.ToUpper(string(j.Queue))), UserID: j.UserID, State: j.State(),
		CreatedAt: j.CreatedAt, Attempts: j.Attempts, Reason: orNil(j.Reason), GivenUpAt: j.DoneAt,
	}
	if j.DoneAt == nil {
		out.DueAt = &j.DueAt
	}
	return out
}
